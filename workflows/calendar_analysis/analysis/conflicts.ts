import type { Conflict } from '../shapes.ts';
import { toMinutes } from './time-windows.ts';
import { refOf } from './timed-events.ts';
import type { EventKinds, TimedEvent } from './timed-events.ts';

const mostConflicts = 100;

/** Every pair of meetings or blocks that overlap, each once, in time order. */
export function conflictsOf({ meetings, blocks, all }: EventKinds): readonly Conflict[] {
  const taking = new Set([...meetings, ...blocks]);
  const pairs: (readonly [TimedEvent, TimedEvent])[] = [];
  let open: TimedEvent[] = [];
  for (const each of all.filter((event) => taking.has(event))) {
    open = open.filter((before) => before.endMs > each.startMs);
    pairs.push(...open.map((before) => [before, each] as const));
    open.push(each);
    if (pairs.length >= mostConflicts) break;
  }
  return pairs.slice(0, mostConflicts).map(([first, second], index) => ({
    key: `c${index + 1}`,
    first: refOf(first.event),
    second: refOf(second.event),
    minutes: toMinutes(Math.min(first.endMs, second.endMs) - second.startMs),
  }));
}
