import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { latestInstant, nextInstant } from '../../../src/schedules/instants.ts';
import type { Timing } from '../../../src/schedules/instants.ts';

function timing(cron: string, timeZone: string, span: Partial<Timing> = {}): Timing {
  return { cron, timeZone, fromMs: null, untilMs: null, ...span };
}

function instants(when: Timing, from: string, to: string): readonly string[] {
  const found: string[] = [];
  let at = nextInstant(when, Date.parse(from));
  while (at !== null && at < Date.parse(to)) {
    found.push(new Date(at).toISOString());
    at = nextInstant(when, at);
  }
  return found;
}

describe('the instants of a schedule', () => {
  it('keep the wall clock through the year', () => {
    const when = timing('0 9 1 * *', 'Europe/Berlin');
    expect(instants(when, '2026-01-01T00:00:00Z', '2026-08-01T00:00:00Z').map((at) => at.slice(11, 13))).toEqual([
      '08',
      '08',
      '08',
      '07',
      '07',
      '07',
      '07',
    ]);
  });

  it('run a time that the clock skips once, as much later', () => {
    const when = timing('30 2 * * *', 'Europe/Berlin');
    expect(instants(when, '2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z')).toEqual([
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  it('run a time that the clock shows twice once, the first time', () => {
    const when = timing('30 1 * * *', 'America/New_York');
    expect(instants(when, '2026-10-31T12:00:00Z', '2026-11-02T12:00:00Z')).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-02T06:30:00.000Z',
    ]);
  });

  it('take what falls together after a gap as one', () => {
    const when = timing('30 2,3 * * *', 'Europe/Berlin');
    expect(instants(when, '2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z')).toEqual(['2026-03-29T01:30:00.000Z']);
  });

  it('lie within their span', () => {
    const span = { fromMs: Date.parse('2026-05-02T09:00:00Z'), untilMs: Date.parse('2026-05-04T09:00:00Z') };
    expect(instants(timing('0 9 * * *', 'UTC', span), '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).toEqual([
      '2026-05-02T09:00:00.000Z',
      '2026-05-03T09:00:00.000Z',
      '2026-05-04T09:00:00.000Z',
    ]);
  });

  it('are none for a day that never comes', () => {
    expect(nextInstant(timing('0 0 30 2 *', 'UTC'), 0)).toBeNull();
  });
});

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'America/St_Johns',
  'Pacific/Apia',
  'UTC',
];
const patterns = [
  '*/30 * * * *',
  '15 2 * * *',
  '30 1-3 * * *',
  '0 */2 * * SUN',
  '45 23 * * *',
  '5 0 1,15 * *',
  '*/7 2 * * *',
];

const cases = fc.record({
  timeZone: fc.constantFrom(...zones),
  cron: fc.constantFrom(...patterns),
  startMs: fc.integer({ min: Date.parse('2009-01-01'), max: Date.parse('2034-01-01') }),
  aroundChange: fc.boolean(),
});

/** A start a little before the zone's next change of clocks, where there is one. */
function startOf({
  timeZone,
  startMs,
  aroundChange,
}: {
  timeZone: string;
  startMs: number;
  aroundChange: boolean;
}): number {
  const start = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(timeZone);
  const change = aroundChange ? start.getTimeZoneTransition('next') : null;
  return change === null ? startMs : change.epochMilliseconds - 6 * 3_600_000;
}

/** All instants of the wall minutes that match, by looking at each minute of the days around. */
function byLooking(
  cron: string,
  timeZone: string,
  window: { readonly fromMs: number; readonly toMs: number },
): readonly number[] {
  const matching = new Set(
    instants(
      timing(cron, 'UTC'),
      new Date(window.fromMs - 3 * 86_400_000).toISOString(),
      new Date(window.toMs + 3 * 86_400_000).toISOString(),
    ),
  );
  const found = [...matching].map(
    (text) =>
      Temporal.PlainDateTime.from(text.replace('Z', '')).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
        .epochMilliseconds,
  );
  return [...new Set(found)].filter((ms) => ms > window.fromMs && ms < window.toMs).sort((a, b) => a - b);
}

describe('in any zone and year', () => {
  it('every wall time of the pattern is one instant, and instants only grow', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const fromMs = startOf(one);
        const toMs = fromMs + 2 * 86_400_000;
        const found = instants(
          timing(one.cron, one.timeZone),
          new Date(fromMs).toISOString(),
          new Date(toMs).toISOString(),
        );
        expect(found.map((text) => Date.parse(text))).toEqual(byLooking(one.cron, one.timeZone, { fromMs, toMs }));
      }),
      { numRuns: 150 },
    );
  });

  it('the next instant is the same from anywhere before it', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 0.999, noNaN: true }), (one, share) => {
        const when = timing(one.cron, one.timeZone);
        const startMs = startOf(one);
        const next = nextInstant(when, startMs) ?? 0;
        expect(nextInstant(when, Math.floor(startMs + (next - startMs) * share))).toBe(next);
      }),
      { numRuns: 150 },
    );
  });

  it('the latest of many missed instants is found whatever the time away', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 60 * 24 * 5 }), (one, minutes) => {
        const when = timing(one.cron, one.timeZone);
        const firstMs = nextInstant(when, startOf(one)) ?? 0;
        const nowMs = firstMs + minutes * 60_000;
        const all = [firstMs, ...byLooking(one.cron, one.timeZone, { fromMs: firstMs, toMs: nowMs + 1 })];
        expect(latestInstant(when, { firstMs, nowMs })).toBe(all.at(-1));
      }),
      { numRuns: 60 },
    );
  });
});
