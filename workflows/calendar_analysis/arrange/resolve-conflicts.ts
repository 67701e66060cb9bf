import type { DraftTools } from '../../../src/contract/facts.ts';
import type { TimeWindow } from '../../../src/contract/scheduling/schedule.ts';
import { subtractWindows } from '../../../src/contract/scheduling/windows.ts';
import type { Conflict, EventRef } from '../shapes.ts';
import type { Arrangement } from './shapes.ts';

type Resolved = Pick<Arrangement, 'moves' | 'cancels' | 'unsolved'> & {
  /** What is left of the free time. */
  readonly free: readonly TimeWindow[];
};

export type Ground = {
  readonly nowMs: number;
  readonly free: readonly TimeWindow[];
  /** Deadlines of tasks by their id. */
  readonly deadlines: ReadonlyMap<string, number>;
  readonly tools: DraftTools;
};

function identity({ uid, recurrenceId }: EventRef): string {
  return `${uid} ${recurrenceId ?? ''}`;
}

function isSame(a: EventRef, b: EventRef): boolean {
  return a.title === b.title && a.start === b.start && a.end === b.end && a.taskId === b.taskId;
}

/** The free place of the event's length that is nearest to where it is, before its task's deadline; or null. */
function nearestPlace(event: EventRef, { free, deadlines }: Pick<Ground, 'free' | 'deadlines'>): TimeWindow | null {
  const [wantedMs, endMs] = [Date.parse(event.start), Date.parse(event.end)];
  const length = endMs - wantedMs;
  const latestEnd = deadlines.get(event.taskId ?? '') ?? Number.POSITIVE_INFINITY;
  const starts = free
    .filter((window) => window.endMs - window.startMs >= length)
    .map((window) => Math.min(Math.max(wantedMs, window.startMs), window.endMs - length))
    .filter((startMs) => startMs + length <= latestEnd);
  const [best] = starts.toSorted((a, b) => Math.abs(a - wantedMs) - Math.abs(b - wantedMs) || a - b);
  return best === undefined ? null : { startMs: best, endMs: best + length };
}

/** Moves or cancels Steward's own blocks that overlap something; whatever else overlaps is the person's to decide. */
export function resolveConflicts(conflicts: readonly Conflict[], ground: Ground): Resolved {
  const moves: Arrangement['moves'] = [];
  const cancels: Arrangement['cancels'] = [];
  const unsolved: string[] = [];
  const settled = new Set<string>();
  let { free } = ground;
  for (const { key, first, second } of conflicts.filter((each) => Date.parse(each.second.start) > ground.nowMs)) {
    if (settled.has(identity(first)) || settled.has(identity(second))) continue;
    const event = second.movable ? second : first;
    const other = event === second ? first : second;
    if (!event.movable || Date.parse(event.start) <= ground.nowMs) {
      unsolved.push(key);
      continue;
    }
    if (isSame(first, second)) {
      cancels.push({ key: `cancel-${cancels.length + 1}`, event, reason: 'The same block is there twice.' });
      settled.add(identity(event));
      continue;
    }
    const place = nearestPlace(event, { ...ground, free });
    if (place === null) {
      unsolved.push(key);
      continue;
    }
    const [start, end] = [new Date(place.startMs).toISOString(), new Date(place.endMs).toISOString()];
    const at = ground.tools.formatInstant(Date.parse(other.start));
    const reason = `It overlaps "${other.title}" (${at}); this is the nearest free time of its length.`;
    moves.push({ key: `move-${moves.length + 1}`, event, start, end, reason });
    settled.add(identity(event));
    free = subtractWindows(free, [place]);
  }
  return { moves, cancels, unsolved, free };
}
