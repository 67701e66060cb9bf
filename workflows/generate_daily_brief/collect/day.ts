import type { DraftTools } from '../../../src/contract/facts.ts';

/** A day of the person's calendar: [fromMs, toMs), 23 or 25 hours long where the clock is put forward or back. */
export type Day = {
  readonly date: string;
  /** `Thursday, 26 November 2026`. */
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** When the day before began. */
  readonly sinceMs: number;
  /** When the seventh day after it is over. */
  readonly aheadMs: number;
  readonly isToday: boolean;
};

const aheadDays = 7;
const names = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** The day of `date` (`YYYY-MM-DD`), or the one that it is at `nowMs` where the person is. */
export function readDay(date: string | null, nowMs: number, tools: DraftTools): Day {
  const today = tools.local(nowMs).date;
  const wanted = date ?? today;
  // Noon is in no zone put forward or back.
  const number = tools.local(tools.instant({ date: wanted, time: '12:00' })).day;
  const startOf = (day: number): number => tools.instant({ date: tools.localDay(day).date, time: '00:00' });
  return {
    date: wanted,
    name: names.format(Date.parse(`${wanted}T00:00:00Z`)),
    fromMs: startOf(number),
    toMs: startOf(number + 1),
    sinceMs: startOf(number - 1),
    aheadMs: startOf(number + 1 + aheadDays),
    isToday: wanted === today,
  };
}

/** `Tue 9 Mar`. */
export function dayOf(ms: number, tools: DraftTools): string {
  return tools.formatInstant(ms).replace(/ \d\d:\d\d$/u, '');
}

/** `09:00`. */
export function clockOf(ms: number, tools: DraftTools): string {
  return tools.formatInstant(ms).slice(-5);
}
