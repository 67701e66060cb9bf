import type { Cadence, Series } from './shapes.ts';

const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const ordinals: Readonly<Record<number, string>> = { [-1]: 'last', 1: '1st', 2: '2nd', 3: '3rd', 4: '4th', 5: '5th' };

/** 1 is Monday. */
export function weekdayName(weekday: number): string {
  return weekdayNames[weekday - 1] ?? '';
}

function listed(weekdays: readonly number[]): string {
  return weekdays.map(weekdayName).join(', ');
}

/** `every Thursday`, `every 2 weeks on Tuesday`, `monthly on the 4th Saturday`. */
function cadenceWords({ unit, every, weekdays, ordinal, dayOfMonth }: Cadence): string {
  if (unit === 'irregular') return 'on dates of its own';
  if (unit === 'week') return every === 1 ? `every ${listed(weekdays)}` : `every ${every} weeks on ${listed(weekdays)}`;
  if (unit === 'day')
    return every > 1 ? `every ${every} days` : weekdays.length < 7 ? `on ${listed(weekdays)}` : 'daily';
  const often = every === 1 ? `${unit}ly` : `every ${every} ${unit}s`;
  if (unit === 'month' && ordinal !== null)
    return `${often} on the ${ordinals[ordinal] ?? ordinal} ${listed(weekdays)}`;
  return dayOfMonth === null ? often : `${often} around day ${dayOfMonth}`;
}

/** `every Thursday at 15:00`. */
export function rhythmWords({ cadence, time }: Pick<Series, 'cadence' | 'time'>): string {
  return time === null ? cadenceWords(cadence) : `${cadenceWords(cadence)} at ${time}`;
}
