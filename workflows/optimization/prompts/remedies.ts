import { batchProblems } from '../../../src/schemas/batch-answer.ts';
import type { Problem } from '../../../src/contract/errors.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import { asJson } from '../../shared/json.ts';
import { remedies } from '../contract.ts';
import type { Remedies } from '../contract.ts';
import { knownRecords } from '../measures/known.ts';
import { readMeasure } from '../measures/read-measure.ts';
import { findingsFor, sectionsFor } from './shared.ts';
import type { Call } from './shared.ts';

const measureWords = [
  'Each item of "findings" gets one item of the answer, by its key, with the measures to take and in "why" the reason. A finding that is better left alone gets no measures, and its reason.',
  'Kinds of measures, and the fields each needs (all others null or empty):',
  'merge (target is kept, others go into it) · drop (target is cancelled) · split (parts: titles that say what is done, minutes) · move (projectId, phaseId) · reschedule (deadline, start; YYYY-MM-DD) · move_blocks (calendar blocks go to free time before the deadline) · reprioritize (priority) · estimate (minutes) · add_dependency, remove_dependency (others: the one task that target waits for) · extend_project (target is a project; deadline) · close_project (target is a project; status).',
  'Take only what the finding offers in "remedies", and only ids that the sections give. "couldEnd" in the evidence is the day by which the calendar has room for the work.',
  "Obey the person's wishes in intent, added_context and rejections before anything else: a rejection's comment says what was wrong with the last proposal. Drop only what is plainly not wanted any more. Fewer measures that help are better than many.",
];

function checkMeasures(output: Remedies, facts: FactSheet, keys: readonly string[]): readonly Problem[] {
  const known = knownRecords(facts);
  const offered = new Map(findingsFor(facts, keys).map((finding) => [finding.key, finding.remedies]));
  const wrong = output.items.flatMap((item, index) =>
    item.measures.flatMap((measure, at): readonly Problem[] => {
      const path = `items.${index}.measures.${at}`;
      const allowed = offered.get(item.key) ?? [];
      if (!allowed.includes(measure.kind))
        return [{ path: `${path}.kind`, message: `${item.key} offers ${allowed.join(', ')}; not ${measure.kind}` }];
      const read = readMeasure(measure, known);
      return 'change' in read
        ? []
        : read.problems.map((problem) => ({ path: `${path}.${problem.path}`, message: problem.message }));
    }),
  );
  return [...batchProblems(keys, output.items), ...wrong];
}

type Name = 'reorganize' | 'consolidate';

function remedyCall(more: { readonly title: string; readonly task: string }): Call<Name, Remedies> {
  return {
    profile: { kind: 'json', name: 'balanced' },
    maxOutputTokens: 6_000,
    temperature: 0,
    output: remedies,
    facts: ['userContext', 'workload', 'workloadContext'],
    title: ({ items }) => `${more.title} (${items.length} findings)`,
    prompt: (facts, { items }) => ({
      instructions: [more.task, ...measureWords].join('\n'),
      sections: {
        ...sectionsFor(facts, findingsFor(facts, items)),
        phases: asJson(facts.workloadContext?.phases ?? []),
      },
    }),
    check: (output, facts, { items }) => checkMeasures(output, facts, items),
    reasoning: ({ items }) =>
      items
        .flatMap((item) => [
          `${item.key}: ${item.why}`,
          ...item.measures.map((measure) => `  ${measure.kind}: ${measure.reason}`),
        ])
        .join('\n'),
    view: ({ items }) => ({ items: items.map(({ key, measures }) => ({ key, measures: measures.length })) }),
  };
}

export const reorganize = remedyCall({
  title: 'Choose measures',
  task: 'You reorganize the open work of a person: for each finding choose what to do about it.',
});

export const consolidate = remedyCall({
  title: 'Consolidate across projects',
  task: 'You consolidate the open work of a person: tasks of different projects that say the same. Merge what is one piece of work, and leave alone what only sounds alike.',
});
