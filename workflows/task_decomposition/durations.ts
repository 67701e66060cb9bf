import { formatMinutes } from '../shared/format-minutes.ts';

/** Minutes of work: when all goes well, most likely, when it does not. `low ≤ likely ≤ high`, whole minutes. */
export type Range = { readonly low: number; readonly likely: number; readonly high: number };

/** A finished task: what it was planned with, what it took, and how much it is like the work at hand (0 to 1). */
export type Sample = { readonly planned: number; readonly spent: number; readonly likeness: number };

const shortest = 5;
const fineGrid = 5;
const hourGrid = 15;
const longGrid = 30;
const longMinutes = 480;
// One strange task must not rule: a single ratio counts within these bounds, and so does the whole factor.
const mostRatio = 4;
const smallestFactor = 0.5;
const largestFactor = 3;

function bounded(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** To what fits a calendar: 5 minutes below an hour, 15 below a working day, 30 above. Never less than 5. Monotone. */
export function roundMinutes(minutes: number): number {
  const grid = minutes < 60 ? fineGrid : minutes < longMinutes ? hourGrid : longGrid;
  return Math.max(shortest, Math.round(minutes / grid) * grid);
}

/** A range out of three numbers in any order, rounded: the outer ones never fall inside the middle one. */
export function toRange({ low, likely, high }: Range): Range {
  const middle = roundMinutes(likely);
  return {
    low: Math.min(middle, roundMinutes(Math.min(low, likely))),
    likely: middle,
    high: Math.max(middle, roundMinutes(Math.max(high, likely))),
  };
}

/**
 * What several pieces of work take together. The likely times add up; the spread is the root of the squared spreads, since
 * pieces that don't hang together seldom all go wrong at once.
 */
export function addRanges(ranges: readonly Range[]): Range {
  const likely = ranges.reduce((sum, range) => sum + range.likely, 0);
  const below = Math.hypot(...ranges.map((range) => range.likely - range.low));
  const above = Math.hypot(...ranges.map((range) => range.high - range.likely));
  return { low: Math.floor(likely - below), likely, high: Math.ceil(likely + above) };
}

/** A range as much longer or shorter as `factor` says, rounded. */
export function scaleRange(range: Range, factor: number): Range {
  return toRange({ low: range.low * factor, likely: range.likely * factor, high: range.high * factor });
}

/**
 * How much longer than planned such work takes: the weighted geometric mean of spent over planned. One imagined task that
 * took exactly what was planned is counted in, so that a single finished task moves an estimate by half of what it says.
 */
export function calibrationFactor(samples: readonly Sample[]): number {
  const known = samples.filter((each) => each.planned > 0 && each.spent > 0 && each.likeness > 0);
  const weight = known.reduce((sum, each) => sum + each.likeness, 0);
  const logs = known.reduce(
    (sum, each) => sum + each.likeness * Math.log(bounded(each.spent / each.planned, 1 / mostRatio, mostRatio)),
    0,
  );
  return bounded(Math.exp(logs / (weight + 1)), smallestFactor, largestFactor);
}

/** `2 h (1 h 30 min to 3 h)`. */
export function formatRange({ low, likely, high }: Range): string {
  if (low === high) return formatMinutes(likely);
  return `${formatMinutes(likely)} (${formatMinutes(low)} to ${formatMinutes(high)})`;
}
