import type { ScheduleInput, TimeWindow } from '../../contract/scheduling/schedule.ts';

export const minuteMs = 60_000;

/** A free stretch; `day` is the index of its day, or -1 without a daily limit. */
export type Gap = { readonly startMs: number; readonly endMs: number; readonly day: number };

/** Free time that shrinks as blocks are placed. Private to one decoding: mutable on purpose. */
export type Timeline = { readonly gaps: Gap[]; readonly focusLeftMs: number[]; readonly bufferMs: number };

/** Free time before anything is placed: clipped to the horizon, touching windows joined, cut at midnight under a daily limit. */
export function openTimeline(input: ScheduleInput): Timeline {
  const joined: { startMs: number; endMs: number }[] = [];
  for (const window of input.free) {
    const endMs = Math.min(window.endMs, input.horizonEndMs);
    const last = joined.at(-1);
    if (last !== undefined && last.endMs === window.startMs) last.endMs = Math.max(last.endMs, endMs);
    else if (endMs > window.startMs) joined.push({ startMs: window.startMs, endMs });
  }
  const { dailyFocusMinutes, days } = input;
  const bufferMs = input.bufferMinutes * minuteMs;
  if (dailyFocusMinutes === null)
    return { gaps: joined.map((gap) => ({ ...gap, day: -1 })), focusLeftMs: [], bufferMs };
  const gaps = joined.flatMap((gap) =>
    days.flatMap((day, index) => {
      const startMs = Math.max(day.startMs, gap.startMs);
      const endMs = Math.min(day.endMs, gap.endMs);
      return startMs < endMs ? [{ startMs, endMs, day: index }] : [];
    }),
  );
  return { gaps, focusLeftMs: days.map(() => dailyFocusMinutes * minuteMs), bufferMs };
}

export function copyTimeline(timeline: Timeline): Timeline {
  return { gaps: [...timeline.gaps], focusLeftMs: [...timeline.focusLeftMs], bufferMs: timeline.bufferMs };
}

/** Minutes of work that the day of `gap` still takes, in ms. */
export function focusLeft(timeline: Timeline, gap: Gap): number {
  return gap.day < 0 ? Number.POSITIVE_INFINITY : (timeline.focusLeftMs[gap.day] ?? 0);
}

/** Index of the first gap that ends after `ms`. */
export function firstGapAfter(timeline: Timeline, ms: number): number {
  let low = 0;
  let high = timeline.gaps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timeline.gaps[middle]?.endMs ?? 0) > ms) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Takes a block and the pause around it out of the free time. */
export function occupy(timeline: Timeline, block: TimeWindow): void {
  const fromMs = block.startMs - timeline.bufferMs;
  const toMs = block.endMs + timeline.bufferMs;
  const first = firstGapAfter(timeline, fromMs);
  const left: Gap[] = [];
  let last = first;
  for (let gap = timeline.gaps[last]; gap !== undefined && gap.startMs < toMs; gap = timeline.gaps[last]) {
    if (gap.startMs <= block.startMs && block.startMs < gap.endMs && gap.day >= 0) {
      timeline.focusLeftMs[gap.day] = focusLeft(timeline, gap) - (block.endMs - block.startMs);
    }
    if (gap.startMs < fromMs) left.push({ ...gap, endMs: fromMs });
    if (gap.endMs > toMs) left.push({ ...gap, startMs: toMs });
    last += 1;
  }
  timeline.gaps.splice(first, last - first, ...left);
}

/** Time within the window that can still be worked, in ms: what is free, at most a day's limit a day. */
export function usableMs(timeline: Timeline, window: TimeWindow): number {
  const byDay = new Map<number, number>();
  let unlimited = 0;
  for (const gap of timeline.gaps) {
    const length = overlapMs(gap, window);
    if (gap.day < 0) unlimited += length;
    else byDay.set(gap.day, Math.min((byDay.get(gap.day) ?? 0) + length, focusLeft(timeline, gap)));
  }
  return unlimited + [...byDay.values()].reduce((sum, length) => sum + length, 0);
}

/** The longest block that fits into the window, in ms. */
export function longestBlockMs(timeline: Timeline, window: TimeWindow): number {
  return timeline.gaps.reduce(
    (longest, gap) => Math.max(longest, Math.min(overlapMs(gap, window), focusLeft(timeline, gap))),
    0,
  );
}

export function overlapMs(a: TimeWindow, b: TimeWindow): number {
  return Math.max(0, Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs));
}
