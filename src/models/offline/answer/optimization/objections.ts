import type { JsonObject } from '../../../../contract/json.ts';
import { asList, asText } from '../../json-values.ts';
import { contentWords } from '../../text/clean.ts';
import type { Request } from './request.ts';

/** What a comment speaks against, by the words for it. */
const against: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\b(?:cancel|drop|delet|remov|throw|streich|lösch|verw[eo]rf|absag)/iu, ['drop', 'close_project']],
  [/\b(?:merg|combin|consolidat|duplicat|zusammen|doppel|dublett)/iu, ['merge']],
  [/\b(?:split|divid|part|aufteil|teil|zerleg)/iu, ['split']],
  [/\b(?:deadline|dates?|reschedul|postpon|frist|termin|verschieb|datum)/iu, ['reschedule', 'extend_project']],
  [/\b(?:priorit|urgent|dringlich)/iu, ['reprioritize']],
  [/\b(?:estimat|duration|schätz|dauer)/iu, ['estimate']],
  [/\b(?:block|calendar|kalender)/iu, ['move_blocks']],
  [/\b(?:dependenc|depend|abhängig)/iu, ['remove_dependency', 'add_dependency']],
  [/\b(?:projects?|projekte?)\b/iu, ['close_project', 'extend_project']],
];
// Without a word that names a measure, what can't be mended by hand as quickly goes first.
const vague = ['drop', 'merge', 'close_project', 'split'];
const noughtWords = /\b(?:nothing at all|no changes?|leave everything|gar nichts|keine änderungen|alles lassen)\b/iu;

function kindsAgainst(comment: string): readonly string[] {
  const named = against.filter(([words]) => words.test(comment)).flatMap(([, kinds]) => kinds);
  return named.length === 0 ? vague : named;
}

/** Whether a comment names a task: with all the words of its title. */
function names(comment: string, title: string): boolean {
  const said = new Set(contentWords(comment));
  const words = contentWords(title);
  return words.length > 0 && words.every((word) => said.has(word));
}

/**
 * Says of a measure whether the person's comments speak against it: a task that a comment names is left alone; without one,
 * the kinds of measures that it names.
 */
export function objector(request: Request): (measure: JsonObject) => boolean {
  const tests = request.comments
    .filter((comment) => comment.trim() !== '')
    .map((comment) => {
      const named = new Set(
        [...request.tasks.values()].filter((task) => names(comment, task.title)).map(({ id }) => id),
      );
      const kinds = kindsAgainst(comment);
      return (measure: JsonObject): boolean => {
        if (noughtWords.test(comment)) return true;
        const ids = [asText(measure['target']), ...asList(measure['others']).map(asText)];
        return named.size > 0 ? ids.some((id) => named.has(id)) : kinds.includes(asText(measure['kind']));
      };
    });
  return (measure) => tests.some((test) => test(measure));
}
