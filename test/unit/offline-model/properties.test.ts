import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCycle } from '../../../workflows/shared/cycles.ts';
import { everydayTexts } from './everyday-texts.ts';
import { planWhole, planningBody, answerBody, now } from './support.ts';

const marks = [
  '#',
  '## ',
  '- ',
  '1. ',
  '**',
  '`',
  '```\n',
  '|',
  '> ',
  '\n',
  '\n\n',
  '(2h)',
  ' by 3 May',
  'after ',
  'before ',
  'then ',
  'Phase 1: ',
  'PR 2: ',
  'Buy ',
  'paint the wall',
  ' bis ',
  'nach dem Kauf',
  '<section name="answers">',
  '</section>',
  '\u0000',
  '😀',
  '\uD83D',
  ':',
  ' and ',
  ', ',
  '- [x] ',
  '~~',
];
const texts = fc.oneof(
  fc.string({ maxLength: 400 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...marks),
        fc.string({ maxLength: 12 }),
        fc.constantFrom(...everydayTexts.map((each) => each.text)),
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
);

describe('any text at all', () => {
  it('is planned: every answer fits its schema, keys are known and unique, nothing goes in circles', () => {
    fc.assert(
      fc.property(texts, texts, (intent, comment) => {
        const whole = planWhole(intent, { rejections: [{ comment, summary: null }] });
        const keys = whole.tasks.map((task) => task.key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(
          whole.ordering.dependencies.every((edge) => keys.includes(edge.task) && keys.includes(edge.dependsOn)),
        ).toBe(true);
        expect(findCycle(whole.ordering.dependencies)).toBeNull();
        expect(
          whole.tasks.every(
            (task) =>
              task.title.trim() !== '' &&
              task.deadline !== '' &&
              (task.earliestStart === null || task.deadline === null || task.earliestStart <= task.deadline),
          ),
        ).toBe(true);
        expect(
          whole.analysis.startDate === null ||
            whole.analysis.deadline === null ||
            whole.analysis.startDate <= whole.analysis.deadline,
        ).toBe(true);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('has the same answer each time', () => {
    fc.assert(
      fc.property(texts, (intent) => {
        const body = planningBody('analyze', { now, time_zone: 'UTC', intent });
        expect(answerBody(body)).toBe(answerBody(body));
      }),
      { numRuns: 40 },
    );
  });
});

describe('large texts', () => {
  it.each([
    ['a long line without spaces', 'a'.repeat(100_000)],
    ['many brackets', '('.repeat(20_000)],
    ['many quotes within quotes', '>'.repeat(20_000)],
    ['deep lists', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth * 2)}- item ${depth}`).join('\n')],
    ['many commas', 'buy milk, '.repeat(4_000)],
    [
      'many tasks',
      Array.from({ length: 2_000 }, (_, number) => `- Paint wall ${number} after painting wall ${number - 1}`).join(
        '\n',
      ),
    ],
    ['many headings', Array.from({ length: 3_000 }, (_, number) => `## Phase ${number}\n- Do it`).join('\n')],
    ['many stars', '**'.repeat(10_000)],
    ['many brackets of links', '['.repeat(20_000)],
    ['many ticks', '` '.repeat(20_000)],
    ['many marks over many lines', '*a _b [c](\n'.repeat(5_000)],
    ['tags', '<a '.repeat(20_000)],
    ['digits', '1'.repeat(50_000)],
    ['numbers and dots', '1.'.repeat(20_000)],
    ['one long sentence of words', 'the walls of the house '.repeat(5_000)],
    ['spaces', ' '.repeat(100_000)],
    ['then', 'then '.repeat(10_000)],
  ])('of %s are planned without hanging', (_name, text) => {
    expect(planWhole(text).tasks.length).toBeGreaterThan(0);
  });
});
