import { describe, expect, it } from 'vitest';
import {
  effortOf,
  findDurations,
  formatMinutes,
  hoursPerWeekIn,
  withoutEffort,
} from '../../../src/models/offline/text/durations.ts';

describe('effort', () => {
  it.each([
    ['Find a mover (2h)', 120, 'Find a mover'],
    ['Call the dentist (15 min)', 15, 'Call the dentist'],
    ['Order desks - 3 days', 1440, 'Order desks'],
    ['Renovate (1–2 weeks)', 3600, 'Renovate'],
    ['Write the report, half a day', 240, 'Write the report'],
    ['Paint walls (1h 30min)', 90, 'Paint walls'],
    ['Estimated Effort: 60-70 hours', 3900, 'Estimated Effort'],
    ['Kartons packen (2 Std.)', 120, 'Kartons packen'],
    ['Küche streichen, 3 Tage', 1440, 'Küche streichen'],
    ['Bericht schreiben (ca. 1,5 Stunden)', 90, 'Bericht schreiben'],
  ])('of "%s" is %i minutes', (text, minutes, title) => {
    expect(effortOf(text)?.minutes).toBe(minutes);
    expect(withoutEffort(text)).toBe(title);
  });

  it.each([
    'Update the heartbeat every 30s',
    'stalled (heartbeat > 2min old)',
    'Order tiles, 1–2 weeks delivery',
    'finish within 3 days',
    'timeout of 60 seconds',
    'Use v2 in 2027',
    'Train 4 hours per week',
    'in two weeks',
  ])('is not what "%s" speaks of', (text) => {
    expect(findDurations(text)).toEqual([]);
  });
});

describe('hours a week', () => {
  it.each([
    ['I have 4 hours per week', 4],
    ['about 5-7h a week', 6],
    ['10 Stunden pro Woche', 10],
    ['a 2 hour talk', null],
  ])('in "%s" are %s', (text, hours) => {
    expect(hoursPerWeekIn(text)).toBe(hours);
  });
});

it('writes minutes as people do', () => {
  expect([formatMinutes(45), formatMinutes(150), formatMinutes(480), formatMinutes(960, 'de')]).toEqual([
    '45 min',
    '2.5 h',
    '1 working day',
    '2 Arbeitstage',
  ]);
});
