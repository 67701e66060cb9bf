import { Temporal } from 'temporal-polyfill';
import type { Problem } from '../contract/errors.ts';
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
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    // An offset is accepted above, but knows of no daylight saving.
    return /^[+-]/.test(timeZone) ? 'expected the name of a time zone, such as Europe/Berlin' : null;
  } catch {
    return `there is no time zone "${timeZone}"; expected a name such as Europe/Berlin`;
  }
}

function spanProblem({ fromMs, untilMs }: Timing): string | null {
  if (untilMs === null || fromMs === null || fromMs <= untilMs) return null;
  return 'is before "from"';
}

/** What is wrong with a timing, by field; empty when it has at least one instant after `nowMs`. */
export function timingProblems(timing: Timing, nowMs: number): readonly Problem[] {
  const found = {
    cron: cronProblem(timing.cron),
    timeZone: zoneProblem(timing.timeZone),
    until: spanProblem(timing),
  };
  const problems = Object.entries(found).flatMap(([path, message]) => (message === null ? [] : [{ path, message }]));
  if (problems.length > 0) return problems;
  if (nextInstant(timing, nowMs) !== null) return [];
  const span = timing.untilMs === null ? '' : ' before "until"';
  return [{ path: 'cron', message: `no time in the future matches "${timing.cron}"${span}` }];
}
