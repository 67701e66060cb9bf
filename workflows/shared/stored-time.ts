import type { DraftTools } from '../../src/contract/facts.ts';
import { localDate } from './local-date.ts';

const dayMs = 86_400_000;

function meant(stored: string | null, time: string, tools: DraftTools): number | null {
  if (stored === null) return null;
  const ms = Date.parse(stored);
  if (Number.isNaN(ms)) return null;
  return ms % dayMs === 0 ? tools.instant({ date: new Date(ms).toISOString().slice(0, 10), time }) : ms;
}

/** The person's day (`YYYY-MM-DD`) of a stored time; a whole day is that day everywhere. */
export function storedDate(stored: string, timeZone: string): string {
  return Date.parse(stored) % dayMs === 0 ? new Date(stored).toISOString().slice(0, 10) : localDate(stored, timeZone);
}

/**
 * When a stored deadline or end is over, in ms. A whole day is stored as its first instant in UTC, and means the person's
 * day to its last minute; any other instant means itself. Null for what is no time.
 */
export function endOf(stored: string | null, tools: DraftTools): number | null {
  return meant(stored, '23:59', tools);
}

/** When a stored start begins: a whole day with its first minute where the person is. */
export function startOf(stored: string | null, tools: DraftTools): number | null {
  return meant(stored, '00:00', tools);
}
