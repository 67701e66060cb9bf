import type { Selectable } from 'kysely';
import type { Timing } from './instants.ts';
import type { RunSchedulesTable } from '../db/tables/schedule-tables.ts';

/** When a schedule is due, as its row says. */
export function timingOf(
  row: Pick<Selectable<RunSchedulesTable>, 'cron' | 'time_zone' | 'from_at' | 'until_at'>,
): Timing {
  const ms = (at: string | null): number | null => (at === null ? null : Date.parse(at));
  return { cron: row.cron, timeZone: row.time_zone, fromMs: ms(row.from_at), untilMs: ms(row.until_at) };
}
