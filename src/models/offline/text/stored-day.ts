import { Temporal } from 'temporal-polyfill';

const dayMs = 86_400_000;

/**
 * The person's day (`YYYY-MM-DD`) of a stored time. A whole day is stored as its first instant in UTC and is that day
 * everywhere; an unusable time or zone leaves the date as it is written.
 */
export function storedDay(stored: string, timeZone: string): string {
  const ms = Date.parse(stored);
  const written = stored.slice(0, 10);
  if (Number.isNaN(ms) || ms % dayMs === 0) return written;
  try {
    return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate().toString();
  } catch {
    return written;
  }
}
