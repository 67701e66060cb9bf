import { batchProblems } from '../../../src/schemas/batch-answer.ts';
import type { Problem } from '../../../src/contract/errors.ts';
import { asJson } from '../../shared/json.ts';
import { prepared } from '../contract.ts';
import type { Prepared } from '../contract.ts';
import { pieceText } from '../outputs.ts';
import { knownProjects, largestPrompt, setting, tasksNear } from './shared.ts';
import type { Call } from './shared.ts';

type Listed = {
  readonly path: string;
  readonly ids: readonly string[];
  readonly known: ReadonlySet<string>;
  readonly noun: string;
};

function unknown({ path, ids, known, noun }: Listed): readonly Problem[] {
  return ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ path: `${path}.${index}`, message: `"${id}" is no ${noun} of the sections; leave it out` }],
  );
}

export const prepare: Call<'prepare', Prepared> = {
  profile: { kind: 'json', name: 'fast' },
  maxOutputTokens: 4_000,
  temperature: 0,
  output: prepared,
  facts: ['workload', 'brainDump'],
  title: ({ items }) => `Look over ${items.join(', ')}`,
  prompt: (facts, { items }) => {
    const texts = items.map((key) => ({ key, text: pieceText(facts, key) }));
    return {
      instructions: [
        'A person wrote down what is on their mind. "pieces" holds stretches of it, in order. Look each over before it is taken apart.',
        'For each, by its key: the language (en, de, …), a short title, one sentence that sums it up, and what kinds of things are in it.',
        'Name existing projects and tasks that it speaks of, only by ids of "projects" and "existing_tasks".',
        'Under "unclear" goes a mention that fits two or more existing projects equally well and decides where something belongs; nothing else.',
      ].join('\n'),
      sections: {
        ...setting(facts),
        pieces: Object.fromEntries(texts.map(({ key, text }) => [key, text])),
        existing_tasks: asJson(tasksNear(facts, texts.map(({ text }) => text).join('\n'))),
      },
    };
  },
  // Batches are of at most 12,000 characters: two pieces, or three short ones.
  largest: (facts) => largestPrompt(facts, 2),
  check: (output, facts, { items }) => {
    const projects = knownProjects(facts);
    const tasks = new Set((facts.workload?.tasks ?? []).map((task) => task.id));
    return [
      ...batchProblems(items, output.items),
      ...output.items.flatMap((item, index) => [
        ...unknown({ path: `items.${index}.projectIds`, ids: item.projectIds, known: projects, noun: 'project' }),
        ...unknown({ path: `items.${index}.taskIds`, ids: item.taskIds, known: tasks, noun: 'task' }),
        ...item.unclear.flatMap(({ projectIds }, at) =>
          unknown({
            path: `items.${index}.unclear.${at}.projectIds`,
            ids: projectIds,
            known: projects,
            noun: 'project',
          }),
        ),
      ]),
    ];
  },
  reasoning: (output) =>
    output.items
      .map((item) => `${item.key} (${item.language}), ${item.kinds.join(', ') || 'nothing'}: ${item.summary}`)
      .join('\n'),
  view: (output) => ({ items: output.items.map(({ key }) => ({ key })) }),
};
