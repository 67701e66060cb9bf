import type { Problem } from '../../../src/contract/errors.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import { asJson } from '../../shared/json.ts';
import { duplicates } from '../../shared/duplicates.ts';
import { plan } from '../outputs.ts';
import type { Plan } from '../outputs.ts';
import { asking } from './shared.ts';
import type { Call } from './shared.ts';

const defaultSubQuestions = 5;

function mostSubQuestions(facts: FactSheet): number {
  const { maxSubQuestions } = facts.options;
  return typeof maxSubQuestions === 'number' ? maxSubQuestions : defaultSubQuestions;
}

function tooMany({ subQuestions }: Plan, most: number): readonly Problem[] {
  if (subQuestions.length <= most) return [];
  return [{ path: 'subQuestions', message: `${subQuestions.length} are too many; at most ${most}` }];
}

export const planQuestions: Call<'plan', Plan> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 3_000,
  temperature: 0,
  output: plan,
  facts: ['userContext', 'project', 'focusTask'],
  title: () => 'Split the question',
  prompt: (facts) => ({
    instructions: [
      "You split a person's question into sub-questions that can be answered from their own notes, tasks, projects, brain dumps and files.",
      'Each sub-question is about one thing and can be understood alone. Together they cover the question and nothing else. Few are better than many: at most as many as "parameters" allows.',
      'Give each the words to search for: names, nouns, numbers, and words that the sources may use instead. Where the person writes English or German, add the most telling words of the other language.',
      'Keys are q1, q2, … .',
    ].join('\n'),
    sections: {
      ...asking(facts),
      parameters: { maxSubQuestions: mostSubQuestions(facts) },
      project: asJson(facts.project),
      task: asJson(facts.focusTask),
    },
  }),
  check: (output, facts) => [
    ...duplicates(
      output.subQuestions.map((each) => each.key),
      'subQuestions',
    ),
    ...tooMany(output, mostSubQuestions(facts)),
  ],
  reasoning: ({ subQuestions, reasoning }) =>
    [reasoning, ...subQuestions.map(({ key, question, words }) => `${key}: ${question} (${words.join(', ')})`)].join(
      '\n',
    ),
  view: ({ subQuestions }) => ({ questions: subQuestions.map(({ key }) => key) }),
};
