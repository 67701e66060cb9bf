import type { Json } from '../../../../contract/json.ts';
import { asList, asObject, asText } from '../../json-values.ts';
import { shortened } from '../../text/clean.ts';
import { offlineNotice } from '../phrases.ts';
import type { Sections, TypeAnswers } from '../answerer.ts';
import { groupTasks, phasesLanguage } from './groups.ts';
import type { PhaseGroup } from './groups.ts';

const mostSuggested = 8;
// An answer has twenty phases at most.
const mostPhases = 20;

function remarks(sections: Sections): string {
  const comments = asList(sections['rejections']).map((each) => asText(asObject(each)['comment']));
  return [...comments, ...asList(sections['added_context']).map(asText)].join('. ');
}

function joined(groups: readonly PhaseGroup[]): PhaseGroup | null {
  const [first] = groups;
  if (first === undefined) return null;
  return {
    ...first,
    name: groups.map((each) => each.name).join(', '),
    goal: groups.map((each) => each.goal).join(' '),
    why: (task) => groups.find((each) => each.tasks.some((own) => own.id === task.id))?.why(task) ?? first.why(task),
    tasks: groups.flatMap((each) => each.tasks),
    missing: groups.flatMap((each) => each.missing),
  };
}

/** A name without numbering, case and punctuation. */
function nameKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/^\s*(?:\d+(?:\.\d+)*[.):]?\s+)+/u, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/** Groups of one name as one, and what is too many in the last. */
function tidied(groups: readonly PhaseGroup[]): readonly PhaseGroup[] {
  const byName = Map.groupBy(groups, (group) => nameKey(group.name));
  const once = [...byName.values()].flatMap((same) => {
    const all = joined(same);
    return all === null ? [] : [{ ...all, name: same[0]?.name ?? all.name, goal: same[0]?.goal ?? all.goal }];
  });
  const last = once.length > mostPhases ? joined(once.slice(mostPhases - 1)) : null;
  return last === null ? once : [...once.slice(0, mostPhases - 1), last];
}

/** The groups as comments want them: fewer where somebody said so. */
function wantedGroups(sections: Sections): readonly PhaseGroup[] {
  const groups = tidied(groupTasks(sections));
  const fewer = /\b(?:fewer|less|too many|weniger|zu viele?)\b/iu.test(remarks(sections));
  if (!fewer || groups.length < 3) return groups;
  const half = Math.ceil(groups.length / 2);
  return [joined(groups.slice(0, half)), joined(groups.slice(half))].filter((each) => each !== null);
}

function answerPhases(sections: Sections): Json {
  const phases = wantedGroups(sections).map((group, index) => ({
    key: `p${index + 1}`,
    name: shortened(group.name, 120),
    goal: group.goal,
    description: group.goal,
  }));
  return { phases, reasoning: offlineNotice(phasesLanguage(sections)) };
}

function answerAssign(sections: Sections): Json {
  const groups = wantedGroups(sections);
  const items = asList(asObject(sections['parameters'])['items']).map(asText);
  return {
    items: items.map((key) => {
      const index = Math.max(
        0,
        groups.findIndex((group) => group.tasks.some((task) => task.id === key)),
      );
      const group = groups[index];
      const task = group?.tasks.find((each) => each.id === key);
      const reason =
        group === undefined || task === undefined ? offlineNotice(phasesLanguage(sections)) : group.why(task);
      return { key, phase: `p${index + 1}`, reason };
    }),
  };
}

function answerSuggest(sections: Sections): Json {
  const key = asText(asObject(sections['parameters'])['phase']);
  const group = wantedGroups(sections)[Number(key.slice(1)) - 1];
  const unwanted =
    /\b(?:no (?:new|more|suggest\w*)|nothing new|only (?:the )?existing|keine (?:neuen|weiteren|vorschläge)|nur (?:die )?vorhandene\w*)\b/iu.test(
      `${remarks(sections)} ${asText(sections['intent'])}`,
    );
  const german = phasesLanguage(sections) === 'de';
  const reason = german
    ? 'Der Text nennt es, und keine Aufgabe deckt es ab.'
    : 'The text names it, and no task covers it.';
  const usual = german
    ? 'Gehört zum üblichen Ablauf eines solchen Vorhabens.'
    : 'It belongs to the usual course of such an undertaking.';
  const tasks = unwanted ? [] : (group?.missing ?? []).slice(0, mostSuggested);
  return {
    tasks: tasks.map((task) => ({
      title: shortened(task.title, 200),
      description: task.description === task.title ? '' : task.description,
      steps: [...task.steps],
      minutes: Math.max(5, task.minutes),
      priority: task.urgent ? 'high' : task.optional ? 'low' : 'medium',
      reason: task.effort === 'estimate' && task.description === task.title ? usual : reason,
    })),
  };
}

export const phasesAnswers: TypeAnswers = { phases: answerPhases, assign: answerAssign, suggest: answerSuggest };
