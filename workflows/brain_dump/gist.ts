import type { FactSheet } from '../../src/contract/facts.ts';
import type { Question } from '../../src/contract/request.ts';
import type { ComputationContract } from '../../src/schemas/workflow-contract.ts';
import type { BrainDump, PreparedPiece } from './contract.ts';
import { readPrepared } from './outputs.ts';

const mostQuestions = 3;

type Gist = {
  readonly title: string;
  readonly kinds: readonly string[];
  readonly languages: readonly string[];
  readonly projectIds: readonly string[];
  readonly taskIds: readonly string[];
  readonly questions: readonly Question[];
};
type Named = BrainDump['computations']['gist'];

/** The key under which the answer about a mention is found. */
function questionKey(mention: string): string {
  return `project of ${mention.toLowerCase()}`.slice(0, 60);
}

/** Names of projects as a choice, told apart where two are called the same. */
function choicesOf(facts: FactSheet, ids: readonly string[]): readonly string[] {
  const projects = (facts.workload?.projects ?? []).filter((project) => ids.includes(project.id));
  return projects.map(({ id, name }) =>
    projects.some((other) => other.id !== id && other.name === name) ? `${name} (${id.slice(-4)})` : name,
  );
}

function questionsOf(facts: FactSheet, items: readonly PreparedPiece[]): readonly Question[] {
  const byKey = new Map<string, Question>();
  for (const { mention, projectIds, why } of items.flatMap((item) => item.unclear)) {
    const options = choicesOf(facts, projectIds);
    const [first] = options;
    const key = questionKey(mention);
    if (first === undefined || options.length < 2 || byKey.has(key)) continue;
    byKey.set(key, {
      key,
      question: `Which project do you mean by "${mention}"?`,
      why,
      kind: 'choice',
      options: [...options],
      default: first,
    });
  }
  return [...byKey.values()].slice(0, mostQuestions);
}

/** Brings the looks at all pieces together, and asks only what decides where something belongs. */
export const gist: ComputationContract<Gist, Named['params'], Named['view']> = {
  facts: ['workload', 'brainDump'],
  title: () => 'See what is in it',
  compute: (facts) => {
    const items = readPrepared(facts);
    const all = (read: (item: PreparedPiece) => readonly string[]): readonly string[] => [
      ...new Set(items.flatMap(read)),
    ];
    return {
      title: items[0]?.title ?? 'Brain dump',
      kinds: all((item) => item.kinds),
      languages: all((item) => [item.language]),
      projectIds: all((item) => item.projectIds),
      taskIds: all((item) => item.taskIds),
      questions: questionsOf(facts, items),
    };
  },
  reasoning: ({ title, kinds, projectIds, taskIds, questions }) =>
    [
      `"${title}": ${kinds.join(', ') || 'nothing to act on'}.`,
      `Speaks of ${projectIds.length} known projects and ${taskIds.length} known tasks.`,
      ...questions.map(({ question, why }) => `${question} ${why}`),
    ].join('\n'),
  view: ({ questions }) => ({ questions: [...questions] }),
};
