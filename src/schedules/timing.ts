import type { Problem } from '../contract/errors.ts';
import { isTimeZone } from '../schemas/time-zone.ts';
import { nextInstant, wallTimes } from './instants.ts';
import type { Timing } from './instants.ts';

const fieldPattern = /^[\dA-Za-z*,/#-]+$/;

function cronProblem(cron: string): string | null {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5)
    return `expected five fields (minute, hour, day of the month, month, day of the week), such as "30 7 * * MON-FRI"; this has ${fields.length}`;
  const odd = fields.find((field) => !fieldPattern.test(field));
  if (odd !== undefined) return `"${odd}" is no field of a cron pattern, such as "30 7 * * MON-FRI"`;
  try {
    wallTimes(cron);
    return null;
  } catch (error) {
    return `${error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error)}; expected a pattern such as "30 7 * * MON-FRI"`;
  }
}

function zoneProblem(timeZone: string): string | null {
  // An offset is a zone to the library, but knows of no daylight saving.
  if (/^[+-]/.test(timeZone)) return 'expected the name of a time zone, such as Europe/Berlin';
  // Temporal would take the zone out of a whole time, such as 2026-03-01T09:00[Europe/Berlin].
  return isTimeZone(timeZone) ? null : `there is no time zone "${timeZone}"; expected a name such as Europe/Berlin`;
}

function spanProblem({ fromMs, untilMs }: Timing): string | null {
  if (untilMs === null || fromMs === null || fromMs <= untilMs) return null;
  return 'is before "from"';
}

function namedProblems(found: Readonly<Record<string, string | null>>): readonly Problem[] {
  return Object.entries(found).flatMap(([path, message]) => (message === null ? [] : [{ path, message }]));
}

/** What is wrong with a pattern or a zone by themselves, whether or not they have a time left. */
export function shapeProblems({ cron, timeZone }: Pick<Timing, 'cron' | 'timeZone'>): readonly Problem[] {
  return namedProblems({ cron: cronProblem(cron), timeZone: zoneProblem(timeZone) });
}

/** What is wrong with a timing, by field; empty when it has at least one instant after `nowMs`. */
export function timingProblems(timing: Timing, nowMs: number): readonly Problem[] {
  const problems = [...shapeProblems(timing), ...namedProblems({ until: spanProblem(timing) })];
  if (problems.length > 0) return problems;
  if (nextInstant(timing, nowMs) !== null) return [];
  const span = timing.untilMs === null ? '' : ' before "until"';
  return [{ path: 'cron', message: `no time in the future matches "${timing.cron}"${span}` }];
}
