import { describe, expect, test } from 'vitest';
import { nothingGathered } from '../../../activities/support/facts/gatherers.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import { asJson } from '../../../workflows/shared/json.ts';
import { notesOf } from '../../../workflows/calendar_analysis/draft/notes.ts';
import { hours, weekdayTable } from '../../../workflows/calendar_analysis/report/tables.ts';
import type { Patterns } from '../../../workflows/calendar_analysis/shapes.ts';
import { calendar, event, patternsOf, tools } from './support.ts';

const now = '2026-04-01T08:00:00.000Z';

function factsOf(patterns: Patterns, unsolved: readonly string[]): FactSheet {
  return {
    ...nothingGathered,
    runId: 'run',
    now,
    timeZone: 'Europe/Berlin',
    input: {},
    options: {},
    found: [],
    answers: [],
    addedContext: [],
    rejections: [],
    outputs: {
      patterns: asJson(patterns),
      arrange: asJson({ moves: [], cancels: [], focus: [], shortWeeks: [], unsolved }),
    },
    applied: null,
    proposalNotes: [],
  };
}

describe('hours', () => {
  test('are rounded before they are told', () => {
    expect([hours(59.7), hours(119.6), hours(60), hours(0.2)]).toEqual(['1:00', '2:00', '1:00', '0:00']);
  });

  test('of an average weekday are no hour short', async () => {
    const found = await patternsOf(calendar([event('Review', '2026-03-10T09:00:00Z', { minutes: 478 })]), now);
    // Eight Tuesdays: 59.75 minutes each.
    expect(weekdayTable(found)).toContain('| Tuesday | 7:58 | 1:00 |');
  });
});

describe('overlaps', () => {
  test('to come are found, however many there were', async () => {
    const past = Array.from({ length: 15 }, (_, index) => event(`Old ${index}`, '2026-03-10T09:00:00Z'));
    const coming = [event('Review', '2026-04-09T08:00:00Z'), event('Dentist', '2026-04-09T08:30:00Z')];
    const { conflicts } = await patternsOf(calendar([...past, ...coming]), now);
    expect(conflicts).toHaveLength(100);
    expect(conflicts.at(-1)).toMatchObject({ key: 'c100', first: { title: 'Review' }, second: { title: 'Dentist' } });
    expect(new Set(conflicts.map(({ key }) => key)).size).toBe(100);
  });

  test("that only the person can solve are told at the person's time", async () => {
    const coming = [event('Review', '2026-04-09T08:00:00Z'), event('Dentist', '2026-04-09T08:30:00Z')];
    const found = await patternsOf(calendar(coming), now);
    const notes = notesOf(factsOf(found, ['c1']), await tools());
    expect(notes.find(({ kind }) => kind === 'conflict')?.text).toBe(
      'They overlap by 30 minutes on Thu 9 Apr 10:30, and Steward may move neither.',
    );
  });
});

test('the week with least focus time that is told is one to come', async () => {
  const full = [2, 3, 4, 5, 6].flatMap((day) => [
    event(`Long ${day}`, `2026-03-0${day}T08:00:00Z`, { minutes: 480 }),
    event(`Half ${day}`, `2026-04-${String(day + 11).padStart(2, '0')}T07:00:00Z`, { minutes: 240 }),
  ]);
  const found = await patternsOf(calendar(full), now);
  const note = notesOf(factsOf(found, []), await tools()).find(({ kind }) => kind === 'focus');
  expect(note?.text).toContain('The week of 2026-04-13 has least of those to come');
});
