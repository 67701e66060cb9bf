import { z } from 'zod';

/** How often something comes back. Weekdays are 1 (Monday) to 7; `ordinal` is the how-manieth of the month, -1 the last. */
export const cadence = z.object({
  unit: z.enum(['day', 'week', 'month', 'year', 'irregular']),
  every: z.int().positive(),
  weekdays: z.array(z.int()),
  ordinal: z.int().nullable(),
  dayOfMonth: z.int().nullable(),
});

export const series = z.object({
  key: z.string(),
  /** `explicit`: a rule of the calendar makes it. `implicit`: single events that come back as if there were one. */
  kind: z.enum(['explicit', 'implicit']),
  title: z.string(),
  uids: z.array(z.string()),
  cadence,
  /** Usual local start, `HH:MM`; null when all-day. */
  time: z.string().nullable(),
  occurrences: z.int(),
  usualMinutes: z.int(),
  totalMinutes: z.int(),
  hoursPerMonth: z.number(),
  /** Of the days that the rhythm asks for, on how many it took place; both the occurrences for an explicit one. */
  hits: z.int(),
  expected: z.int(),
  confidence: z.number(),
  /** Local dates. */
  first: z.string(),
  last: z.string(),
  next: z.array(z.string()),
});

export const eventRef = z.object({
  uid: z.string(),
  recurrenceId: z.string().nullable(),
  title: z.string(),
  start: z.string(),
  end: z.string(),
  movable: z.boolean(),
  taskId: z.string().nullable(),
});

export const conflict = z.object({ key: z.string(), first: eventRef, second: eventRef, minutes: z.int() });

/** An upcoming meeting that tasks may come from. */
export const meeting = z.object({
  key: z.string(),
  event: eventRef,
  description: z.string().nullable(),
  location: z.string().nullable(),
  series: z.string().nullable(),
  /** Roles that tasks have for it already. */
  linked: z.array(z.string()),
});

const minutes = z.int().nonnegative();

/** Working time by what it is used for; the four parts make up `working`. */
export const timeUse = z.object({ working: minutes, away: minutes, meetings: minutes, blocks: minutes, free: minutes });

const weekdayLoad = z.object({ weekday: z.int(), days: z.int(), minutes, use: timeUse });
const weekLoad = z.object({ start: z.string(), days: z.int(), minutes, focus: minutes, use: timeUse });

export const figures = z.object({
  days: z.int(),
  events: z.int(),
  /** Timed, busy, of less than half a day, and not Steward's own. */
  meetings: z.int(),
  /** Time in meetings, no minute counted twice. */
  meetingMinutes: minutes,
  /** Meeting time that lies under other meetings. */
  doubleBookedMinutes: minutes,
  outsideHoursMinutes: minutes,
  outsideHoursMeetings: z.int(),
  hoursPerWeek: z.number(),
  /** Of the working time, 0 to 1. */
  meetingShare: z.number(),
  use: timeUse,
  focusMinutes: minutes,
  /** Of the free working time, 0 to 1. */
  focusShare: z.number(),
  focusMinutesPerWeek: minutes,
  freeStretches: z.array(z.object({ label: z.string(), count: z.int(), minutes })),
  longestFreeMinutes: minutes,
});

export const patterns = z.object({
  window: z.object({ from: z.string(), to: z.string(), cut: z.boolean() }),
  figures,
  series: z.array(series),
  weekdays: z.array(weekdayLoad),
  weeks: z.array(weekLoad),
  busiestDays: z.array(z.object({ date: z.string(), minutes })),
  /** Hours of meetings a week in the first and the second half of the window. */
  trend: z.object({ before: z.number(), after: z.number() }),
  chains: z.array(z.object({ start: z.string(), end: z.string(), meetings: z.int(), minutes })),
  conflicts: z.array(conflict),
  allDay: z.array(z.object({ title: z.string(), date: z.string(), days: z.int(), away: z.boolean() })),
  meetings: z.array(meeting),
  problems: z.array(z.string()),
});

export type Cadence = z.infer<typeof cadence>;
export type Series = z.infer<typeof series>;
export type EventRef = z.infer<typeof eventRef>;
export type Conflict = z.infer<typeof conflict>;
export type Meeting = z.infer<typeof meeting>;
export type TimeUse = z.infer<typeof timeUse>;
export type Figures = z.infer<typeof figures>;
export type Patterns = z.infer<typeof patterns>;
