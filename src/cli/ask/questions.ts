import type { Json, JsonObject } from '../../contract/json.ts';
import { checkAnswers } from '../../contract/request.ts';
import type { Question } from '../../contract/request.ts';
import { askChoice, askText, askYes } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const hints = { text: '', date: ' (YYYY-MM-DD)', number: ' (number)', choice: '', boolean: '' } as const;

function problemOf(question: Question, value: Json): string | undefined {
  const checked = checkAnswers([question], { [question.key]: value });
  // The path and the question itself stand above it already.
  return checked.ok ? undefined : checked.problems[0]?.message.replace(/ \(asked: .*\)$/s, '');
}

async function askOne(terminal: Terminal, question: Question): Promise<Json> {
  const why = question.why === '' ? '' : `\n${question.why}`;
  const message = `${question.question}${hints[question.kind]}${why}`;
  const standard = question.default === null ? {} : { standard: String(question.default) };
  switch (question.kind) {
    case 'boolean':
      return await askYes(terminal, message, question.default !== false);
    case 'choice':
      return await askChoice(terminal, message, {
        choices: question.options.map((option) => ({ value: option, label: option })),
        ...standard,
      });
    case 'text':
    case 'date':
    case 'number':
      return await askText(terminal, { message, ...standard, check: (answer) => problemOf(question, answer) });
  }
}

/** Asks each question by its type. Throws `Cancelled` when the person backs out; nothing was sent then. */
export async function askQuestions(terminal: Terminal, questions: readonly Question[]): Promise<JsonObject> {
  const answers: Record<string, Json> = {};
  for (const question of questions) answers[question.key] = await askOne(terminal, question);
  return answers;
}
