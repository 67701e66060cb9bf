import type { TimeWindow } from './schedule.ts';

/** Ascending and disjoint: windows that overlap or touch become one, empty ones go. */
export function joinWindows(windows: readonly TimeWindow[]): TimeWindow[] {
  const joined: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of windows.toSorted((a, b) => a.startMs - b.startMs)) {
    if (endMs <= startMs) continue;
    const last = joined.at(-1);
    if (last !== undefined && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else joined.push({ startMs, endMs });
  }
  return joined;
}

/** What is left of `windows` without `taken`; ascending and disjoint. */
export function subtractWindows(windows: readonly TimeWindow[], taken: readonly TimeWindow[]): TimeWindow[] {
  const left: TimeWindow[] = [];
  const busy = joinWindows(taken);
  let first = 0;
  for (const window of joinWindows(windows)) {
    while ((busy[first]?.endMs ?? Number.POSITIVE_INFINITY) <= window.startMs) first += 1;
    let startMs = window.startMs;
    for (let at = first; at < busy.length; at += 1) {
      const block = busy[at];
      if (block === undefined || block.startMs >= window.endMs) break;
      if (block.startMs > startMs) left.push({ startMs, endMs: block.startMs });
      startMs = Math.max(startMs, block.endMs);
    }
    if (startMs < window.endMs) left.push({ startMs, endMs: window.endMs });
  }
  return left;
}
