import type { TimeWindow } from '../../contract/scheduling/schedule.ts';
import { firstGapAfter, focusLeft } from './timeline.ts';
import type { Gap, Timeline } from './timeline.ts';

/** What is asked of the free time: `lengthMs` of work within [fromMs, untilMs], in parts of `minPartMs` or more, or whole when it is null. */
export type PlaceRequest = {
  readonly lengthMs: number;
  readonly minPartMs: number | null;
  readonly fromMs: number;
  readonly untilMs: number;
};

/** The earliest place for a piece of work, or null when it doesn't fit. Doesn't take it. */
export function findPlace(timeline: Timeline, request: PlaceRequest): readonly TimeWindow[] | null {
  const whole = findWhole(timeline, request);
  if (request.minPartMs === null) return whole;
  const parts = findParts(timeline, { ...request, minPartMs: request.minPartMs });
  if (parts === null || whole === null) return parts ?? whole;
  // Parts that end no earlier than one block does only cost attention.
  return endOf(parts) < endOf(whole) ? parts : whole;
}

export function endOf(blocks: readonly TimeWindow[]): number {
  return blocks.at(-1)?.endMs ?? Number.NEGATIVE_INFINITY;
}

function findWhole(timeline: Timeline, request: PlaceRequest): readonly TimeWindow[] | null {
  for (let index = firstGapAfter(timeline, request.fromMs); index < timeline.gaps.length; index += 1) {
    const gap = timeline.gaps[index];
    if (gap === undefined || gap.startMs >= request.untilMs) return null;
    const startMs = Math.max(gap.startMs, request.fromMs);
    const endMs = startMs + request.lengthMs;
    if (endMs > request.untilMs) return null;
    if (endMs <= gap.endMs && request.lengthMs <= focusLeft(timeline, gap)) return [{ startMs, endMs }];
  }
  return null;
}

type Filling = {
  readonly parts: TimeWindow[];
  leftMs: number;
  nextMs: number;
  readonly usedByDay: Map<number, number>;
};

function findParts(
  timeline: Timeline,
  request: PlaceRequest & { readonly minPartMs: number },
): readonly TimeWindow[] | null {
  const minMs = Math.min(request.minPartMs, request.lengthMs);
  const filling: Filling = { parts: [], leftMs: request.lengthMs, nextMs: request.fromMs, usedByDay: new Map() };
  for (
    let index = firstGapAfter(timeline, request.fromMs);
    index < timeline.gaps.length && filling.leftMs > 0;
    index += 1
  ) {
    const gap = timeline.gaps[index];
    if (gap === undefined || gap.startMs >= request.untilMs) break;
    const endMs = Math.min(gap.endMs, request.untilMs);
    const room = Math.min(
      endMs - Math.max(gap.startMs, filling.nextMs),
      focusLeft(timeline, gap) - (filling.usedByDay.get(gap.day) ?? 0),
    );
    fill(filling, gap, {
      lengthMs: partLength({ leftMs: filling.leftMs, roomMs: room, minMs }),
      bufferMs: timeline.bufferMs,
    });
  }
  return filling.leftMs === 0 ? filling.parts : null;
}

/** The longest part that fits and leaves either nothing or enough for another part; 0 when there is none. */
function partLength({
  leftMs,
  roomMs,
  minMs,
}: {
  readonly leftMs: number;
  readonly roomMs: number;
  readonly minMs: number;
}): number {
  if (roomMs >= leftMs) return leftMs;
  const lengthMs = Math.min(roomMs, leftMs - minMs);
  return lengthMs >= minMs ? lengthMs : 0;
}

function fill(filling: Filling, gap: Gap, part: { readonly lengthMs: number; readonly bufferMs: number }): void {
  if (part.lengthMs <= 0) return;
  const startMs = Math.max(gap.startMs, filling.nextMs);
  const endMs = startMs + part.lengthMs;
  filling.parts.push({ startMs, endMs });
  filling.leftMs -= part.lengthMs;
  filling.nextMs = endMs + part.bufferMs;
  filling.usedByDay.set(gap.day, (filling.usedByDay.get(gap.day) ?? 0) + part.lengthMs);
}
