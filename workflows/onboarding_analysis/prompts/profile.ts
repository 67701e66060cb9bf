import type { Question } from '../../../src/contract/request.ts';
import type { CallContract } from '../../../src/schemas/workflow-contract.ts';
import { duplicates } from '../../shared/duplicates.ts';
import { situation } from '../../shared/situation.ts';
import { profile } from '../contract.ts';
import type { OnboardingAnalysis, Profile } from '../contract.ts';
import { quoteProblems } from '../said.ts';

type Spec = OnboardingAnalysis['calls']['profile'];

function typedDefault({ kind, options, default: text }: Profile['questions'][number]): Question['default'] {
  if (text === null || text.trim() === '') return null;
  return kind === 'choice' && !options.includes(text) ? null : text;
}

export const readProfile: CallContract<Profile, Spec['params'], Spec['view']> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 4_000,
  temperature: 0,
  output: profile,
  facts: ['userContext'],
  title: () => 'Understand who is there',
  prompt: (facts) => ({
    instructions: [
      'You learn about a person from what they say in "intent", "context", "answers" and "added_context".',
      'Give each field at most once, in their language and close to their words, only what they say themselves, with the stretch it comes from as "quote", word for word.',
      'Name the time zone (IANA) and the working hours only where they are said or follow from an answer; "days" is Monday to Friday unless something else is said.',
      'Where working hours or zone are spoken of but unclear ("mornings till one"), ask: at most two questions, each with the default that a careful assistant would take. Never ask again what "answers" has. Heed "rejections".',
    ].join('\n'),
    sections: situation(facts),
  }),
  check: (output, facts) => {
    const { fields, timeZone, workingHours, questions } = output;
    const asked = new Set(facts.answers.map((answer) => answer.key));
    const again = questions.flatMap(({ key }, index) =>
      asked.has(key) ? [{ path: `questions.${index}`, message: `"${key}" was answered already` }] : [],
    );
    const empty = questions.flatMap(({ kind, options }, index) =>
      kind === 'choice' && options.length === 0
        ? [{ path: `questions.${index}.options`, message: 'a choice needs options' }]
        : [],
    );
    return [
      ...duplicates(
        fields.map(({ field }) => field),
        'fields',
      ),
      ...quoteProblems(facts, [
        ...fields.map(({ quote }, index) => ({ path: `fields.${index}.quote`, quote })),
        ...(timeZone === null ? [] : [{ path: 'timeZone.quote', quote: timeZone.quote }]),
        ...(workingHours === null ? [] : [{ path: 'workingHours.quote', quote: workingHours.quote }]),
      ]),
      ...again,
      ...empty,
    ];
  },
  reasoning: ({ fields, reasoning }) =>
    [reasoning, ...fields.map(({ field, quote }) => `${field}: "${quote}"`)].join('\n'),
  view: ({ questions }) => ({
    questions: questions.map((question) => ({ ...question, default: typedDefault(question) })),
  }),
};
