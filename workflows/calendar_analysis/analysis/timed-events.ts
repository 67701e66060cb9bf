import type { WindowEvent } from '../../../src/contract/facts/calendar-facts.ts';
import type { TimeWindow } from '../../../src/contract/scheduling/schedule.ts';
import type { EventRef } from '../shapes.ts';

/** An event with its times as numbers. */
export type TimedEvent = TimeWindow & { readonly event: WindowEvent };

export type EventKinds = {
  /** By start, then end, then identity: the same whatever the order they came in. */
  readonly all: readonly TimedEvent[];
  /** What takes working time as a meeting. */
  readonly meetings: readonly TimedEvent[];
  /** Blocks of work that Steward wrote. */
  readonly blocks: readonly TimedEvent[];
  /** All-day events and timed ones of half a day or longer that leave no time: trips, conferences, leave. */
  readonly away: readonly TimedEvent[];
};

// Longer than any meeting: a weekend workshop, an on-call shift.
const longMs = 12 * 3_600_000;

function order(a: TimedEvent, b: TimedEvent): number {
  const byTime = a.startMs - b.startMs || a.endMs - b.endMs;
  if (byTime !== 0) return byTime;
  const [left, right] = [a, b].map(({ event }) => `${event.uid} ${event.recurrenceId ?? ''}`);
  return (left ?? '') < (right ?? '') ? -1 : 1;
}

function isLong({ startMs, endMs, event }: TimedEvent): boolean {
  return event.allDay || endMs - startMs >= longMs;
}

/** Tells meetings, blocks and days away apart; events that leave the person free are in `all` alone. */
export function sortEvents(events: readonly WindowEvent[]): EventKinds {
  const all = events
    .map((event) => ({ event, startMs: Date.parse(event.start), endMs: Date.parse(event.end) }))
    .toSorted(order);
  const busy = all.filter(({ event, startMs, endMs }) => event.busy && endMs > startMs);
  return {
    all,
    meetings: busy.filter((each) => !each.event.own && !isLong(each)),
    blocks: busy.filter((each) => each.event.own && !isLong(each)),
    away: busy.filter(isLong),
  };
}

/** True where a rule makes more than one instance: a rule that counts to one makes none. */
export function isSeries({ recurring, rule }: WindowEvent): boolean {
  return recurring && !/\bCOUNT=1(?!\d)/u.test(rule ?? '');
}

export function refOf({ uid, recurrenceId, title, start, end, movable, taskId }: WindowEvent): EventRef {
  return { uid, recurrenceId, title, start, end, movable, taskId };
}
