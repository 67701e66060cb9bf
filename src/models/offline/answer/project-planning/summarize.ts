import { asList, asObject, asText, isList } from '../../json-values.ts';
import type { Json } from '../../../../contract/json.ts';
import { plannedPhases, plannedTasks } from '../../facts.ts';
import type { PlannedTask } from '../../facts.ts';
import { detectLanguage } from '../../text/language.ts';
import type { Language } from '../../text/language.ts';
import { shortened } from '../../text/clean.ts';
import { offlineNotice } from '../phrases.ts';

type Sections = Readonly<Record<string, Json>>;
const mostShown = 12;

const words: Readonly<
  Record<
    Language,
    Readonly<
      Record<
        'decided' | 'plan' | 'order' | 'assumed' | 'applied' | 'unfit' | 'hard' | 'soft' | 'more' | 'finish',
        string
      >
    >
  >
> = {
  en: {
    decided: 'What was decided',
    plan: 'Plan',
    order: 'Order',
    assumed: 'Assumed',
    applied: 'What was done',
    unfit: 'What does not fit',
    hard: 'must wait for',
    soft: 'better after',
    more: 'more',
    finish: 'Deadline',
  },
  de: {
    decided: 'Was entschieden wurde',
    plan: 'Plan',
    order: 'Reihenfolge',
    assumed: 'Angenommen',
    applied: 'Was getan wurde',
    unfit: 'Was nicht passt',
    hard: 'muss warten auf',
    soft: 'besser nach',
    more: 'weitere',
    finish: 'Frist',
  },
};

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];
}

function bullets(lines: readonly string[], language: Language): readonly string[] {
  const shown = lines.slice(0, mostShown).map((line) => `- ${line}`);
  return lines.length > mostShown ? [...shown, `- … ${lines.length - mostShown} ${words[language].more}`] : shown;
}

function nameOf(item: Json): string {
  if (typeof item !== 'object' || item === null) return asText(item);
  const object = asObject(item);
  const title = asText(object['title']) || asText(object['name']) || asText(object['task']) || asText(object['id']);
  const why =
    asText(object['explanation']) || asText(object['text']) || asText(object['reason']) || asText(object['error']);
  return [title, why].filter((part) => part !== '').join(': ');
}

/** Numbers, texts and lists of an outcome as lines; what nests deeper is counted. */
function outcomeLines(value: Json | undefined): readonly string[] {
  if (value === null || value === undefined) return [];
  if (isList(value)) return value.map(nameOf).filter((line) => line !== '');
  if (typeof value !== 'object') return [asText(value)].filter((line) => line !== '');
  return Object.entries(value).flatMap(([key, inner]) => {
    const label = key
      .replace(/([a-z])([A-Z])/gu, '$1 $2')
      .replaceAll('_', ' ')
      .toLowerCase();
    if (isList(inner))
      return inner.length === 0
        ? []
        : [
            `${label}: ${inner.length}${
              inner.length <= 6
                ? ` (${inner
                    .map(nameOf)
                    .filter((name) => name !== '')
                    .join('; ')})`
                : ''
            }`,
          ];
    if (typeof inner === 'object' && inner !== null)
      return Object.entries(inner)
        .filter(([, deep]) => typeof deep !== 'object')
        .map(([name, deep]) => `${label}, ${name}: ${asText(deep)}`);
    return inner === null || asText(inner) === '' ? [] : [`${label}: ${asText(inner)}`];
  });
}

function planLines(sections: Sections, tasks: readonly PlannedTask[]): readonly string[] {
  return plannedPhases(sections).map((phase) => {
    const own = tasks.filter((task) => task.key.startsWith(`${phase.key}.`)).map((task) => task.title);
    return own.length === 0 ? `**${phase.name}**` : `**${phase.name}**: ${shortened(own.join('; '), 400)}`;
  });
}

function orderLines(sections: Sections, tasks: readonly PlannedTask[], language: Language): readonly string[] {
  const titles = new Map(tasks.map((task) => [task.key, task.title]));
  return asList(asObject(sections['output.dependencies'])['dependencies'])
    .map(asObject)
    .filter((edge) => asText(edge['kind']) === 'hard')
    .map((edge) => {
      const [task, other] = [asText(edge['task']), asText(edge['dependsOn'])];
      return `"${titles.get(task) ?? task}" ${words[language].hard} "${titles.get(other) ?? other}": ${asText(edge['reason'])}`;
    });
}

/** Answers `summarize`: what was decided, done and left, in Markdown, from nothing but the sections given. */
export function answerSummarize(sections: Sections): Json {
  const plan = asObject(sections['output.plan']);
  const analysis = asObject(sections['output.analyze']);
  const language = detectLanguage(asText(sections['intent']) || asText(analysis['summary']));
  const label = words[language];
  const tasks = plannedTasks(sections);
  const decided = outcomeLines(sections['decision']);
  const applied = outcomeLines(sections['applied']);
  const unfit = outcomeLines(sections['unscheduled']);
  const deadline = asText(analysis['deadline']);
  const order = orderLines(sections, tasks, language);
  const title = asText(plan['projectName']) || (language === 'de' ? 'Plan' : 'Plan');
  const markdown = [
    `# ${title}`,
    '',
    asText(plan['executiveSummary']) || asText(analysis['summary']),
    '',
    ...(deadline === '' ? [] : [`${label.finish}: ${deadline}`, '']),
    ...section(label.decided, bullets(decided, language)),
    ...section(label.applied, bullets(applied, language)),
    ...section(label.plan, bullets(planLines(sections, tasks), language)),
    ...section(label.order, bullets(order, language)),
    ...section(label.unfit, bullets(unfit, language)),
    ...section(
      label.assumed,
      bullets(
        asList(analysis['assumptions'])
          .map(asText)
          .filter((line) => line !== offlineNotice(language)),
        language,
      ),
    ),
    `_${offlineNotice(language)}_`,
  ].join('\n');
  const counts =
    language === 'de'
      ? `${plannedPhases(sections).length} Phasen, ${tasks.length} Aufgaben`
      : `${plannedPhases(sections).length} phases, ${tasks.length} tasks`;
  const highlights = [`${title}: ${counts}`, ...decided.slice(0, 2), ...applied.slice(0, 3), ...unfit.slice(0, 3)].map(
    (line) => shortened(line, 280),
  );
  return { markdown, highlights };
}
