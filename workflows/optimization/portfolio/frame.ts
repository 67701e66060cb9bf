import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { ScheduleDay, TimeWindow } from '../../../src/contract/scheduling/schedule.ts';
import type { Wishes } from './wishes.ts';

const defaultHorizonDays = 90;
export const dayMs = 86_400_000;
export const minuteMs = 60_000;

/** The time that work is measured against. */
export type Frame = {
  readonly nowMs: number;
  readonly horizonEndMs: number;
  readonly free: readonly TimeWindow[];
  readonly days: readonly ScheduleDay[];
};

/** A number of the options, or what stands for it. */
export function numberOption(facts: FactSheet, name: string, otherwise: number): number {
  const value = facts.options[name];
  return typeof value === 'number' ? value : otherwise;
}

function weekdayOf(dayKey: string): number {
  return new Date(`${dayKey}T00:00:00Z`).getUTCDay();
}

/** The Monday (`YYYY-MM-DD`) of a day's week. */
export function mondayOf(dayKey: string): string {
  const sinceMonday = (weekdayOf(dayKey) + 6) % 7;
  return new Date(Date.parse(`${dayKey}T00:00:00Z`) - sinceMonday * dayMs).toISOString().slice(0, 10);
}

/** Free time from now to the horizon, without the weekdays that the person wants to keep free. */
export function frameOf(facts: FactSheet, wishes: Pick<Wishes, 'freeWeekdays'>, tools: DraftTools): Frame {
  const nowMs = Date.parse(facts.now);
  const horizonDays = numberOption(facts, 'horizonDays', defaultHorizonDays);
  const { free, days } = tools.free({ fromMs: nowMs, days: horizonDays });
  const kept = days.filter((day) => wishes.freeWeekdays.includes(weekdayOf(day.dayKey)));
  const outside = (window: TimeWindow): boolean =>
    kept.every((day) => window.endMs <= day.startMs || window.startMs >= day.endMs);
  return { nowMs, horizonEndMs: nowMs + horizonDays * dayMs, free: free.filter(outside), days };
}

/** The local date of an instant within the frame, or of the frame's border nearest to it. */
export function dateOf(ms: number, { days }: Frame): string {
  const day = days.find((each) => ms < each.endMs) ?? days.at(-1);
  return day?.dayKey ?? new Date(ms).toISOString().slice(0, 10);
}
