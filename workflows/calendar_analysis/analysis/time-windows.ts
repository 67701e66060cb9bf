import type { TimeWindow } from '../../../src/contract/scheduling/schedule.ts';
import { subtractWindows } from '../../../src/contract/scheduling/windows.ts';

export function lengthOf(windows: readonly TimeWindow[]): number {
  return windows.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}

export function toMinutes(ms: number): number {
  return Math.round(ms / 60_000);
}

/** What lies in both. */
export function intersectWindows(a: readonly TimeWindow[], b: readonly TimeWindow[]): TimeWindow[] {
  return subtractWindows(a, subtractWindows(a, b));
}

/** The parts of windows that lie within a span. */
export function clip(windows: readonly TimeWindow[], span: TimeWindow): TimeWindow[] {
  return windows
    .map(({ startMs, endMs }) => ({
      startMs: Math.max(startMs, span.startMs),
      endMs: Math.min(endMs, span.endMs),
    }))
    .filter(({ startMs, endMs }) => startMs < endMs);
}

export function roundTo(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
