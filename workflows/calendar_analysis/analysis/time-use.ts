import type { TimeWindow } from '../../../src/contract/scheduling/schedule.ts';
import { subtractWindows } from '../../../src/contract/scheduling/windows.ts';
import type { TimeUse } from '../shapes.ts';
import { clip, intersectWindows, lengthOf, toMinutes } from './time-windows.ts';
import type { EventKinds } from './timed-events.ts';

/** Working time cut into what it is used for: disjoint windows that together are the working time. */
export type UsedTime = {
  readonly working: readonly TimeWindow[];
  readonly away: readonly TimeWindow[];
  readonly meetings: readonly TimeWindow[];
  readonly blocks: readonly TimeWindow[];
  readonly free: readonly TimeWindow[];
};

/** Days away come first, then meetings, then blocks of work: no minute is counted twice. */
export function useOf(working: readonly TimeWindow[], kinds: EventKinds): UsedTime {
  const away = intersectWindows(working, kinds.away);
  const present = subtractWindows(working, away);
  const meetings = intersectWindows(present, kinds.meetings);
  const unmet = subtractWindows(present, meetings);
  const blocks = intersectWindows(unmet, kinds.blocks);
  return { working, away, meetings, blocks, free: subtractWindows(unmet, blocks) };
}

/** Minutes of each use within a span, or of all of it. */
export function countUse(used: UsedTime, span: TimeWindow | null = null): TimeUse {
  const count = (windows: readonly TimeWindow[]): number =>
    toMinutes(lengthOf(span === null ? windows : clip(windows, span)));
  return {
    working: count(used.working),
    away: count(used.away),
    meetings: count(used.meetings),
    blocks: count(used.blocks),
    free: count(used.free),
  };
}
