import type { TimeWindow } from '../../../src/contract/scheduling/schedule.ts';
import { lengthOf, toMinutes } from './time-windows.ts';

/** A free stretch of this length is one in which one can sink into something. */
const focusMinutes = 90;

const classes = [
  { label: 'under 30 min', from: 0, to: 30 },
  { label: '30 to 60 min', from: 30, to: 60 },
  { label: '60 to 90 min', from: 60, to: focusMinutes },
  { label: '90 min and more', from: focusMinutes, to: Number.POSITIVE_INFINITY },
] as const;

export function isFocus({ startMs, endMs }: TimeWindow): boolean {
  return endMs - startMs >= focusMinutes * 60_000;
}

export type Fragmentation = {
  readonly stretches: readonly { readonly label: string; readonly count: number; readonly minutes: number }[];
  readonly longestMinutes: number;
  readonly focusMinutes: number;
  /** Of the free time; 0 where there is none. */
  readonly focusShare: number;
};

/** Into how many pieces of which length free working time falls. */
export function fragmentationOf(free: readonly TimeWindow[]): Fragmentation {
  const focusMs = lengthOf(free.filter(isFocus));
  const freeMs = lengthOf(free);
  return {
    stretches: classes.map(({ label, from, to }) => {
      const within = free.filter(({ startMs, endMs }) => {
        const length = (endMs - startMs) / 60_000;
        return length >= from && length < to;
      });
      return { label, count: within.length, minutes: toMinutes(lengthOf(within)) };
    }),
    longestMinutes: toMinutes(Math.max(0, ...free.map(({ startMs, endMs }) => endMs - startMs))),
    focusMinutes: toMinutes(focusMs),
    focusShare: freeMs === 0 ? 0 : focusMs / freeMs,
  };
}
