import type { Problem } from './errors.ts';
import type { Json, JsonObject } from './json.ts';

export const questionKinds = ['text', 'date', 'number', 'choice', 'boolean'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** One typed question. `default` is what stands when nobody answers; dates are `YYYY-MM-DD`. */
export type Question = {
  readonly key: string;
  readonly question: string;
  readonly why: string;
  readonly kind: QuestionKind;
  readonly options: readonly string[];
  readonly default: string | number | boolean | null;
};

export type Answer = string | number | boolean;
export type Answers = Readonly<Record<string, Answer>>;

export const requestKinds = ['clarification', 'approval', 'budget', 'confirmation'] as const;
export type RequestKind = (typeof requestKinds)[number];
export type RequestStatus = 'open' | 'answered' | 'expired' | 'withdrawn';

/** What happens at the deadline: take the default, tell the person again and keep waiting, or fail the run. */
export type DeadlinePolicy = 'default' | 'escalate' | 'fail';

export type RequestTiming = {
  /** How long the person has, in ms; null waits for ever. */
  readonly timeoutMs: number | null;
  /** When to remind, in ms after opening; null never. */
  readonly remindAfterMs: number | null;
  readonly onDeadline: DeadlinePolicy;
};

export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

const datePattern = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

// The pattern alone takes 31 February, which Date moves on to March.
function isDate(text: string): boolean {
  return datePattern.test(text) && new Date(Date.parse(`${text}T00:00:00Z`)).getUTCDate() === Number(text.slice(8));
}

function answerProblem(question: Question, value: Json | undefined): string | null {
  switch (question.kind) {
    case 'text':
      return typeof value === 'string' && value.trim() !== '' ? null : 'expected some text';
    case 'date':
      return typeof value === 'string' && isDate(value) ? null : 'expected a date as YYYY-MM-DD';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'expected a number';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'expected true or false';
    case 'choice':
      return typeof value === 'string' && question.options.includes(value)
        ? null
        : `expected one of: ${question.options.join(', ')}`;
  }
}

/** Reads a form's or shell's text as what the question asks for, so that `"5"` answers a number. */
function coerce(question: Question, value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (question.kind === 'number' && text !== '' && Number.isFinite(Number(text))) return Number(text);
  if (question.kind === 'boolean' && /^(true|yes|y|ja)$/i.test(text)) return true;
  if (question.kind === 'boolean' && /^(false|no|n|nein)$/i.test(text)) return false;
  return text;
}

function asFields(questions: readonly Question[], value: Json): JsonObject {
  const only = questions.length === 1 ? questions[0] : undefined;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  return only === undefined ? {} : { [only.key]: value };
}

/**
 * Checks an answer against its questions. `value` is an object by question key, or the bare value when there is one
 * question. A question left out takes its default; without one it is a problem, as is a key that was not asked.
 */
export function checkAnswers(questions: readonly Question[], value: Json): Checked<Answers> {
  const fields = asFields(questions, value);
  const problems: Problem[] = [];
  const answers: Record<string, Answer> = {};
  for (const question of questions) {
    const given = coerce(question, fields[question.key] ?? question.default ?? undefined);
    const problem = answerProblem(question, given);
    if (problem === null) answers[question.key] = given as Answer;
    else problems.push({ path: `value.${question.key}`, message: `${problem} (asked: ${question.question})` });
  }
  const known = new Set(questions.map((question) => question.key));
  for (const key of Object.keys(fields)) {
    if (!known.has(key))
      problems.push({ path: `value.${key}`, message: `not asked; asked were: ${[...known].join(', ')}` });
  }
  return problems.length === 0 ? { ok: true, value: answers } : { ok: false, problems };
}

/** The answers that stand when nobody replies, or null when a question has no default. */
export function defaultAnswers(questions: readonly Question[]): Answers | null {
  const checked = checkAnswers(questions, {});
  return checked.ok ? checked.value : null;
}

const schemaTypes: Readonly<Record<QuestionKind, JsonObject>> = {
  text: { type: 'string', minLength: 1 },
  date: { type: 'string', format: 'date' },
  number: { type: 'number' },
  choice: { type: 'string' },
  boolean: { type: 'boolean' },
};

/** The JSON Schema (2020-12) of an answer, from which any client can draw a form. */
export function answerSchema(questions: readonly Question[]): JsonObject {
  const properties: Record<string, JsonObject> = {};
  for (const question of questions) {
    properties[question.key] = {
      ...schemaTypes[question.kind],
      title: question.question,
      description: question.why,
      ...(question.kind === 'choice' ? { enum: question.options } : {}),
      ...(question.default === null ? {} : { default: question.default }),
    };
  }
  const required = questions.filter((question) => question.default === null).map((question) => question.key);
  return { type: 'object', properties, required, additionalProperties: false };
}
