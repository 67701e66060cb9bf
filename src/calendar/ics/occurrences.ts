import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import type { ParsedEvent } from './event.ts';
import type { EventTime } from './times.ts';
import type { TimeRange } from './types.ts';

/**
 * What one call of the library may cost. A rule that passes a bound is tried again on a sixteenth of the window, so a rule
 * for every second gives its first few thousand seconds and not an error.
 */
const maxIterations = 5_000;
const maxCandidates = 10_000;
const maxFailuresOfRule = 6;
const shrink = 16;

/** Failures that a whole query may still afford: each takes up to a fifth of a second, and a hostile file has many. */
export type Effort = { failuresLeft: number };

export type Occurrences = {
  /** In time order for each rule; a time may come twice when rules overlap. */
  readonly starts: readonly EventTime[];
  /** Why there may be more than these, or null. */
  readonly incomplete: string | null;
};

/** The starts that the rules of a series give within [fromMs, toMs], `limit` at most. Without rules there are none. */
export function findOccurrences(
  event: ParsedEvent,
  { fromMs, toMs, limit, effort }: TimeRange & { readonly limit: number; readonly effort: Effort },
): Occurrences {
  const starts: EventTime[] = [];
  let incomplete: string | null = null;
  for (const text of event.rules) {
    try {
      const rule = openRule(text, event.start);
      const search = { rule, left: limit - starts.length, failures: 0, found: [], incomplete: null, effort };
      searchRange(search, { fromMs, toMs });
      starts.push(...search.found.map((at) => toTime(at, event.start)));
      incomplete ??= search.incomplete;
    } catch (error) {
      incomplete = `its rule can't be used: ${messageOf(error)}`;
    }
  }
  return { starts, incomplete };
}

/** A series of days is counted in UTC, where every day has 24 hours, and read back as days. */
function openRule(text: string, start: EventTime): RRuleTemporal {
  const dtstart = start.kind === 'date' ? start.date.toZonedDateTime('UTC') : start.at;
  const rruleString = `RRULE:${untilInUtc(text, dtstart.timeZoneId)}`;
  return new RRuleTemporal({
    rruleString,
    dtstart,
    temporal: Temporal,
    maxIterations,
    maxCandidateEvaluations: maxCandidates,
    cache: false,
  });
}

/** The library takes an UNTIL with a time in UTC only; files also give it by the wall clock of the series. */
function untilInUtc(text: string, timeZone: string): string {
  return text.replace(/UNTIL=(\d{8}T\d{6})(?!\d|Z)/u, (_, wall: string) => {
    const utc = Temporal.PlainDateTime.from(wall)
      .toZonedDateTime(timeZone)
      .toInstant()
      .toString({ smallestUnit: 'second' });
    return `UNTIL=${utc.replaceAll(/[-:]/gu, '')}`;
  });
}

type Search = {
  readonly rule: RRuleTemporal;
  readonly found: Temporal.ZonedDateTime[];
  left: number;
  failures: number;
  incomplete: string | null;
  readonly effort: Effort;
};

function searchRange(search: Search, { fromMs, toMs }: TimeRange): void {
  if (search.incomplete !== null || fromMs > toMs) return;
  try {
    const times = search.rule.between(new Date(fromMs), new Date(toMs), true);
    search.found.push(...times.slice(0, search.left));
    search.left -= times.length;
    if (search.left < 0) search.incomplete = 'it repeats too often to list every instance';
  } catch (error) {
    search.failures += 1;
    search.effort.failuresLeft -= 1;
    const stepMs = Math.ceil((toMs - fromMs) / shrink);
    if (search.failures >= maxFailuresOfRule || search.effort.failuresLeft <= 0 || stepMs < 1_000) {
      search.incomplete = `it repeats too often to list every instance: ${messageOf(error)}`;
    }
    for (let at = fromMs; at <= toMs && search.incomplete === null; at += stepMs) {
      searchRange(search, { fromMs: at, toMs: Math.min(toMs, at + stepMs - 1) });
    }
  }
}

function toTime(at: Temporal.ZonedDateTime, like: EventTime): EventTime {
  return like.kind === 'date' ? { ...like, date: at.toPlainDate() } : { kind: 'instant', at };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
