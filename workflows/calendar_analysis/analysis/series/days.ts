import type { DraftTools } from '../../../../src/contract/facts.ts';

/** A day as rhythms look at it. */
export type Day = {
  readonly number: number;
  readonly date: string;
  readonly weekday: number;
  readonly dayOfMonth: number;
  /** The how-manieth such weekday of its month: 1 to 5. */
  readonly ordinal: number;
  /** True for the last such weekday of its month. */
  readonly isLast: boolean;
};

export interface Days {
  day(number: number): Day;
}

/** Days by number, each worked out once: rhythms ask for the same ones again and again. */
export function createDays(tools: DraftTools): Days {
  const known = new Map<number, Day>();
  return {
    day(number) {
      const there = known.get(number);
      if (there !== undefined) return there;
      const { date, weekday } = tools.localDay(number);
      const dayOfMonth = Number(date.slice(8));
      const weekLater = tools.localDay(number + 7).date;
      const made = {
        number,
        date,
        weekday,
        dayOfMonth,
        ordinal: Math.ceil(dayOfMonth / 7),
        isLast: weekLater.slice(0, 7) !== date.slice(0, 7),
      };
      known.set(number, made);
      return made;
    },
  };
}
