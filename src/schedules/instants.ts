import { Cron } from 'croner';
import { Temporal } from 'temporal-polyfill';

/** When a schedule is due: wall-clock times of a zone, within a span. */
export type Timing = {
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  readonly cron: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Epoch ms; the first instant is not before it. */
  readonly fromMs: number | null;
  /** Epoch ms; no instant is after it. */
  readonly untilMs: number | null;
};

// No zone ever skipped more than a day: Samoa left one out in 2011.
const widestGapMs = 25 * 3_600_000;

/**
 * The times of a pattern as a clock without a zone shows them. The library is asked in UTC, where no hour is skipped or
 * shown twice: which instant a wall time is, is decided here. Throws what the library throws for a pattern that is none.
 */
export function wallTimes(cron: string): {
  readonly after: (wall: Temporal.PlainDateTime) => Temporal.PlainDateTime | null;
} {
  const times = new Cron(cron, { timezone: 'UTC', mode: '5-part', paused: true });
  return {
    after: (wall) => {
      const next = times.nextRun(new Date(wall.toZonedDateTime('UTC').epochMilliseconds));
      if (next === null) return null;
      return Temporal.Instant.fromEpochMilliseconds(next.getTime()).toZonedDateTimeISO('UTC').toPlainDateTime();
    },
  };
}

function at(ms: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
}

function offsetMs(ms: number, timeZone: string): number {
  return Math.round(at(ms, timeZone).offsetNanoseconds / 1_000_000);
}

// Of wall times that the clock has just skipped, those still to come lie before the time that it shows now.
function firstWall(afterMs: number, timeZone: string): Temporal.PlainDateTime {
  const wall = at(afterMs, timeZone).toPlainDateTime();
  const now = offsetMs(afterMs, timeZone);
  const gapMs = now - offsetMs(afterMs - widestGapMs, timeZone);
  const justSkipped = gapMs > 0 && offsetMs(afterMs - gapMs, timeZone) < now;
  return justSkipped ? wall.subtract({ milliseconds: gapMs }) : wall;
}

/**
 * The first instant after `afterMs`, in epoch ms; null when there is none. A time that the clock skips is taken as much
 * later (02:30 runs at 03:30), one that it shows twice is the first of the two, and what falls together is one instant.
 */
export function nextInstant(timing: Timing, afterMs: number): number | null {
  const { timeZone, fromMs, untilMs } = timing;
  const lowerMs = fromMs === null ? afterMs : Math.max(afterMs, fromMs - 1);
  const times = wallTimes(timing.cron);
  let best: number | null = null;
  let wall = times.after(firstWall(lowerMs, timeZone));
  while (wall !== null) {
    const instant = wall.toZonedDateTime(timeZone, { disambiguation: 'compatible' });
    if (best !== null && Temporal.PlainDateTime.compare(wall, at(best, timeZone).toPlainDateTime()) >= 0) break;
    if (instant.epochMilliseconds > lowerMs) {
      best = Math.min(best ?? Infinity, instant.epochMilliseconds);
      // Outside a gap later wall times are later instants, too.
      if (instant.toPlainDateTime().equals(wall)) break;
    }
    wall = times.after(wall);
  }
  return best === null || (untilMs !== null && best > untilMs) ? null : best;
}

const spansMs = [3_600_000, 86_400_000, 32 * 86_400_000, 367 * 86_400_000, 9 * 366 * 86_400_000];

/** The last instant from `firstMs`, which is one itself, up to `nowMs`. */
export function latestInstant(
  timing: Timing,
  { firstMs, nowMs }: { readonly firstMs: number; readonly nowMs: number },
): number {
  // From the shortest span on, so that a pattern of every minute is not counted through a year of absence.
  for (const spanMs of spansMs) {
    let latest = nextInstant(timing, Math.max(firstMs - 1, nowMs - spanMs));
    if (latest === null || latest > nowMs) continue;
    for (let next = nextInstant(timing, latest); next !== null && next <= nowMs; next = nextInstant(timing, latest))
      latest = next;
    return latest;
  }
  return firstMs;
}
