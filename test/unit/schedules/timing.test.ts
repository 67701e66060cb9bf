import { describe, expect, it } from 'vitest';
import { timingProblems } from '../../../src/schedules/timing.ts';

const good = { cron: '30 7 * * MON-FRI', timeZone: 'Europe/Berlin', fromMs: null, untilMs: null };
const nowMs = Date.parse('2026-11-25T12:00:00Z');

describe('a timing', () => {
  it.each([
    ['a pattern of four fields', { cron: '7 * * *' }, 'cron', 'this has 4'],
    ['a pattern with seconds', { cron: '0 30 7 * * *' }, 'cron', 'this has 6'],
    ['an hour that no day has', { cron: '0 25 * * *' }, 'cron', 'hour: 25'],
    ['a nickname', { cron: '@daily' }, 'cron', 'five fields'],
    ['a field that the moment would fill', { cron: '? 7 * * *' }, 'cron', '"?"'],
    ['a day that never comes', { cron: '0 0 30 2 *' }, 'cron', 'no time in the future'],
    ['an unknown zone', { timeZone: 'Europe/Atlantis' }, 'timeZone', 'Atlantis'],
    ['an offset in place of a zone', { timeZone: '+02:00' }, 'timeZone', 'Europe/Berlin'],
    ['an end before its beginning', { fromMs: nowMs + 2, untilMs: nowMs + 1 }, 'until', 'before'],
    ['an end that has passed', { untilMs: nowMs - 1 }, 'cron', 'before "until"'],
  ])('with %s is refused by its field and with a way out', (...[, wrong, path, words]) => {
    const problems = timingProblems({ ...good, ...wrong }, nowMs);
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(problems[0]?.message).toContain(words);
  });

  it('that has a time to come is taken', () => {
    expect(timingProblems(good, nowMs)).toEqual([]);
  });
});
