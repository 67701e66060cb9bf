import type { Problem } from '../../../src/contract/errors.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { duplicates } from '../../shared/duplicates.ts';
import { asJson } from '../../shared/json.ts';
import { normalizedTitle } from '../../shared/words.ts';
import { split } from '../contract.ts';
import type { Split, SplitPart } from '../contract.ts';
import { readLimits, readSplit, readTarget } from '../outputs.ts';
import { calibrate, finishedWork } from '../target/history.ts';
import { aboutTask } from './shared.ts';
import type { Call } from './shared.ts';

const mostOfPart = 12;

/** The part with this key among what was answered so far, and its neighbors' titles. */
function findPart(
  facts: FactSheet,
  key: string,
): { readonly part: SplitPart | null; readonly beside: readonly string[] } {
  const above = key.includes('.') ? key.slice(0, key.lastIndexOf('.')) : '';
  const parts = key === '' ? [] : (readSplit(facts, above)?.parts ?? []);
  return {
    part: parts.find((each) => each.key === key) ?? null,
    beside: parts.filter((each) => each.key !== key).map((each) => each.title),
  };
}

function sections(facts: FactSheet, key: string): JsonObject {
  const { subtasks, finishedSubtasks, history } = readTarget(facts);
  const { part, beside } = findPart(facts, key);
  const { maxMinutes, minMinutes } = readLimits(facts);
  const whole = part?.title ?? readTarget(facts).task?.title ?? '';
  const { factor } = calibrate(finishedWork(facts.finishedTasks), whole);
  return {
    ...aboutTask(facts),
    parameters: { part: key },
    limits: { maxMinutes, minMinutes, aimMinutes: Math.floor(maxMinutes / factor) },
    part: asJson(part),
    other_parts: [...beside],
    existing_subtasks: asJson(subtasks),
    finished_subtasks: finishedSubtasks,
    finished_tasks: asJson(history),
  };
}

function keyProblems(output: Split, part: string): readonly Problem[] {
  const prefix = part === '' ? '' : `${part}.`;
  return output.parts.flatMap(({ key }, index) => {
    const number = key.startsWith(prefix) ? key.slice(prefix.length) : '';
    if (/^[1-9]\d?$/.test(number)) return [];
    return [{ path: `parts.${index}.key`, message: `"${key}" must be ${prefix}1, ${prefix}2, … in order` }];
  });
}

/** The whole has as many parts as its text; a part of it is split into a few. */
function countProblems(output: Split, part: string): readonly Problem[] {
  if (part === '' || output.parts.length <= mostOfPart) return [];
  return [{ path: 'parts', message: `${output.parts.length} are too many for one part: at most ${mostOfPart}` }];
}

function referenceProblems(output: Split, facts: FactSheet): readonly Problem[] {
  const known = new Set(readTarget(facts).subtasks.map(({ id }) => id));
  const used = new Set<string>();
  return output.parts.flatMap(({ existingTaskId: id }, index) => {
    if (id === null) return [];
    const path = `parts.${index}.existingTaskId`;
    if (!known.has(id))
      return [{ path, message: `"${id}" is no subtask of this task; use null or an id of existing_subtasks` }];
    if (used.has(id)) return [{ path, message: `"${id}" is named twice; one part is one subtask` }];
    used.add(id);
    return [];
  });
}

function partProblems(output: Split, facts: FactSheet, key: string): readonly Problem[] {
  const whole = key === '' ? (readTarget(facts).task?.title ?? output.title) : (findPart(facts, key).part?.title ?? '');
  const seen = new Set(output.parts.length > 1 ? [normalizedTitle(whole)] : []);
  return output.parts.flatMap(({ title, minutes: { low, likely, high } }, index) => {
    const name = normalizedTitle(title);
    const again = seen.has(name);
    seen.add(name);
    return [
      ...(again
        ? [{ path: `parts.${index}.title`, message: `"${title}" is the whole, or there twice: name what this part is` }]
        : []),
      ...(low <= likely && likely <= high
        ? []
        : [
            { path: `parts.${index}.minutes`, message: `expected low ≤ likely ≤ high, not ${low}, ${likely}, ${high}` },
          ]),
    ];
  });
}

export const splitTask: Call<'split', Split> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 6_000,
  temperature: 0,
  output: split,
  facts: ['userContext', 'project', 'finishedTasks'],
  title: ({ part }) => (part === '' ? 'Split the task' : `Split part ${part} further`),
  prompt: (facts, { part }) => ({
    instructions: [
      part === ''
        ? 'You split a task ("task" and "intent") into the subtasks that it consists of.'
        : 'You split one part of a task, the one in "part", into smaller ones. The rest of the task is no concern of yours.',
      'Each subtask is something one person can finish, estimated with at most "limits".aimMinutes where that is possible, and not below minMinutes. Answer one part where splitting would be pointless.',
      "Use the text's own parts, names and order where it has them; a document that lists its parts is split into exactly those.",
      'Give concrete steps that each begin with a verb, an acceptance check that says how one sees that it is done, and minutes as low, likely and high with the reason for them.',
      '"finished_tasks" shows what was planned and what was spent; the estimates are corrected by it afterwards, so estimate the work as such.',
      'Name the id of an existing subtask in existingTaskId where it is the same work; use only ids of "existing_subtasks". Leave out what "finished_subtasks" has done.',
      `Keys are ${part === '' ? '1, 2, 3, …' : `${part}.1, ${part}.2, …`}, in the order of work${part === '' ? '' : `, at most ${mostOfPart}`}. "title" names the whole in a few words. Answer rejections: change what was objected to and keep the rest.`,
    ].join('\n'),
    sections: sections(facts, part),
  }),
  check: (output, facts, { part }) => [
    ...duplicates(
      output.parts.map(({ key }) => key),
      'parts',
    ),
    ...countProblems(output, part),
    ...keyProblems(output, part),
    ...referenceProblems(output, facts),
    ...partProblems(output, facts, part),
  ],
  reasoning: (output) =>
    [output.reasoning, ...output.parts.map((part) => `${part.key} ${part.title}: ${part.reason}`)].join('\n'),
  view: (output) => ({ parts: output.parts.length }),
};
