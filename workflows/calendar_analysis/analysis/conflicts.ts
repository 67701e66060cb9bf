import type { Conflict } from '../shapes.ts';
import { toMinutes } from './time-windows.ts';
import { refOf } from './timed-events.ts';
import type { EventKinds, TimedEvent } from './timed-events.ts';

const mostConflicts = 100;

type Pair = readonly [TimedEvent, TimedEvent];

/** Pairs in time order, as many as are kept: those to come first of all, for they can still be solved, and of the past the latest. */
function pairsOf(events: readonly TimedEvent[], nowMs: number): readonly Pair[] {
  const past: Pair[] = [];
  const coming: Pair[] = [];
  let open: TimedEvent[] = [];
  for (const each of events) {
    open = open.filter((before) => before.endMs > each.startMs);
    const pairs = open.map((before): Pair => [before, each]);
    if (each.startMs > nowMs) coming.push(...pairs);
    else past.push(...pairs);
    past.splice(0, past.length - mostConflicts);
    open.push(each);
    if (coming.length >= mostConflicts) break;
  }
  const left = mostConflicts - Math.min(mostConflicts, coming.length);
  return [...(left === 0 ? [] : past.slice(-left)), ...coming.slice(0, mostConflicts)];
}

/** Every pair of meetings or blocks that overlap, each once, in time order. */
export function conflictsOf({ meetings, blocks, all }: EventKinds, nowMs: number): readonly Conflict[] {
  const taking = new Set([...meetings, ...blocks]);
  const pairs = pairsOf(
    all.filter((event) => taking.has(event)),
    nowMs,
  );
  return pairs.map(([first, second], index) => ({
    key: `c${index + 1}`,
    first: refOf(first.event),
    second: refOf(second.event),
    minutes: toMinutes(Math.min(first.endMs, second.endMs) - second.startMs),
  }));
}
