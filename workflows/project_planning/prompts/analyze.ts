import type { Question } from '../../../src/contract/request.ts';
import { analysis } from '../contract.ts';
import type { Analysis } from '../contract.ts';
import { duplicates } from '../../shared/duplicates.ts';
import { asJson } from '../../shared/json.ts';
import { situation } from '../../shared/situation.ts';
import { records } from './shared.ts';
import type { Call } from './shared.ts';

// Models write a default as text; the question's own kind says what it is.
function typedDefault(question: Analysis['questions'][number]): Question['default'] {
  const { kind, default: text } = question;
  if (text === null || text.trim() === '') return null;
  if (kind === 'number') return Number.isFinite(Number(text)) ? Number(text) : null;
  if (kind === 'boolean') return text === 'true';
  if (kind === 'choice') return question.options.includes(text) ? text : null;
  if (kind === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
  return text;
}

export const analyze: Call<'analyze', Analysis> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 3_000,
  temperature: 0,
  output: analysis,
  facts: ['userContext', 'project', 'notes', 'tasks', 'calendar'],
  title: () => 'Understand what is wanted',
  prompt: (facts) => ({
    instructions: [
      'You analyze what a person wants to get done, before anything is planned.',
      'Say what the outcome is, its goals, deliverables, constraints, start, deadline and the hours per week there are for it; null where nothing says so.',
      'Resolve relative dates against "now" in "time_zone".',
      'Ask at most three questions, and only about something that is missing and would change the plan. Never ask what the text, the records or the answers already say.',
      'A document that lays out its own plan needs no questions. Give a question a default when a careful assistant would assume one.',
    ].join('\n'),
    sections: { ...situation(facts), ...records(facts), calendar: asJson(facts.calendar) },
  }),
  check: (output, facts) => {
    const asked = new Set(facts.answers.map((answer) => answer.key));
    const again = output.questions.flatMap((question, index) =>
      asked.has(question.key)
        ? [{ path: `questions.${index}`, message: `"${question.key}" was answered already` }]
        : [],
    );
    const empty = output.questions.flatMap((question, index) =>
      question.kind === 'choice' && question.options.length === 0
        ? [{ path: `questions.${index}.options`, message: 'a choice needs options' }]
        : [],
    );
    const backwards = output.startDate !== null && output.deadline !== null && output.deadline < output.startDate;
    const dates = backwards ? [{ path: 'deadline', message: 'the deadline is before the start' }] : [];
    return [
      ...duplicates(
        output.questions.map((question) => question.key),
        'questions',
      ),
      ...again,
      ...empty,
      ...dates,
    ];
  },
  reasoning: (output) => [output.summary, ...output.assumptions.map((each) => `Assumed: ${each}`)].join('\n'),
  view: (output) => ({
    questions: output.questions.map((question) => ({ ...question, default: typedDefault(question) })),
  }),
};
