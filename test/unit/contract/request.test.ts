import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerSchema, checkAnswers, defaultAnswers, questionKinds } from '../../../src/contract/request.ts';
import type { Answer, Question } from '../../../src/contract/request.ts';

function ask(fields: Partial<Question> = {}): Question {
  return {
    key: 'when',
    question: 'When?',
    why: 'It sets the dates.',
    kind: 'text',
    options: [],
    default: null,
    ...fields,
  };
}

const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const answerFor: Readonly<Record<Question['kind'], fc.Arbitrary<Answer>>> = {
  text: fc.string({ minLength: 1 }).filter((text) => text.trim() === text && text !== ''),
  date: day,
  number: fc.double({ noNaN: true, noDefaultInfinity: true }),
  choice: fc.constantFrom('low', 'high'),
  boolean: fc.boolean(),
};
const questionAndAnswer = fc.constantFrom(...questionKinds).chain((kind) =>
  answerFor[kind].map((answer) => ({
    question: ask({ kind, options: kind === 'choice' ? ['low', 'high'] : [] }),
    answer,
  })),
);

describe('answers to typed questions', () => {
  it('takes every answer of the right kind, by key or bare', () => {
    fc.assert(
      fc.property(questionAndAnswer, ({ question, answer }) => {
        expect(checkAnswers([question], { when: answer })).toEqual({ ok: true, value: { when: answer } });
        expect(checkAnswers([question], answer)).toEqual({ ok: true, value: { when: answer } });
      }),
    );
  });

  it('publishes a JSON Schema that takes what the check takes', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    fc.assert(
      fc.property(questionAndAnswer, ({ question, answer }) => {
        expect(ajv.validate(answerSchema([question]), { when: answer })).toBe(true);
      }),
    );
  });

  it.each([
    ['number', 'soon', 'expected a number'],
    ['number', null, 'expected a number'],
    ['date', '2026-13-01', 'expected a date as YYYY-MM-DD'],
    ['date', '2026-02-31', 'expected a date as YYYY-MM-DD'],
    ['date', 'tomorrow', 'expected a date as YYYY-MM-DD'],
    ['boolean', 'perhaps', 'expected true or false'],
    ['text', '   ', 'expected some text'],
    ['text', 5, 'expected some text'],
    ['choice', 'medium', 'expected one of: low, high'],
  ] as const)('refuses %s given as %s and says what is expected', (kind, value, message) => {
    const checked = checkAnswers([ask({ kind, options: ['low', 'high'] })], { when: value });
    expect(checked).toMatchObject({
      ok: false,
      problems: [{ path: 'value.when', message: expect.stringContaining(message) }],
    });
  });

  it('reads a shell argument as what the question asks for', () => {
    expect(checkAnswers([ask({ kind: 'number' })], '5')).toEqual({ ok: true, value: { when: 5 } });
    expect(checkAnswers([ask({ kind: 'boolean' })], 'yes')).toEqual({ ok: true, value: { when: true } });
    expect(checkAnswers([ask({ kind: 'boolean' })], 'nein')).toEqual({ ok: true, value: { when: false } });
  });

  it('names a key that was not asked, and each question left without an answer', () => {
    const checked = checkAnswers([ask(), ask({ key: 'who' })], { whn: 'now', who: 'me' });
    expect(checked).toMatchObject({
      ok: false,
      problems: [{ path: 'value.when' }, { path: 'value.whn', message: 'not asked; asked were: when, who' }],
    });
  });

  it('refuses a bare value when several questions are open', () => {
    expect(checkAnswers([ask(), ask({ key: 'who' })], 'me').ok).toBe(false);
  });

  it('lets defaults stand for questions nobody answered, and only for those', () => {
    const questions = [ask({ default: 'in May' }), ask({ key: 'count', kind: 'number', default: 2 })];
    expect(defaultAnswers(questions)).toEqual({ when: 'in May', count: 2 });
    expect(checkAnswers(questions, { count: 7 })).toEqual({ ok: true, value: { when: 'in May', count: 7 } });
    expect(defaultAnswers([...questions, ask({ key: 'who' })])).toBeNull();
  });

  it('requires in the schema exactly the questions without a default', () => {
    expect(answerSchema([ask({ default: 'x' }), ask({ key: 'who' })])).toMatchObject({
      required: ['who'],
      additionalProperties: false,
    });
  });
});
