import type { Problem } from '../../contract/errors.ts';

/**
 * Words of this folder: a **record** is all that one uid stands for (a single event, or a series with its exceptions), an
 * **instance** is one stretch of time on the calendar. Records are stored, instances are computed for a window.
 */

export type EventStatus = 'confirmed' | 'tentative' | 'cancelled';
export type Transparency = 'opaque' | 'transparent';

export type CalendarRecord = {
  readonly uid: string;
  readonly title: string;
  /** Epoch milliseconds; for a series its first instance. All-day events start at midnight in `timeZone`. */
  readonly startMs: number;
  readonly endMs: number;
  readonly allDay: boolean;
  /** IANA name or offset: where the event was made, or for all-day and floating ones where the person is. */
  readonly timeZone: string;
  /** Recurrence in iCalendar's words, or null for a record with exactly one instance. */
  readonly rrule: string | null;
  /** A VCALENDAR with every VEVENT of the uid as it came and the zones they name; null for what Steward made. */
  readonly ics: string | null;
  readonly status: EventStatus;
  readonly transparency: Transparency;
};

export type ImportedEvent = CalendarRecord & {
  readonly ics: string;
  readonly description: string | null;
  readonly location: string | null;
  readonly sequence: number;
};

export type EventInstance = {
  readonly uid: string;
  /** Original start of an instance of a series, in the form of `start`; null for a single event. */
  readonly recurrenceId: string | null;
  /** ISO 8601: an instant in UTC, or a date when all-day. `end` is exclusive. */
  readonly start: string;
  readonly end: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly allDay: boolean;
  readonly title: string;
  readonly timeZone: string;
  readonly status: EventStatus;
  readonly transparency: Transparency;
};

export type TimeRange = { readonly fromMs: number; readonly toMs: number };

export type Expansion = {
  /** By start, then uid. */
  readonly instances: readonly EventInstance[];
  /** Series that could not be listed in full; `path` is the uid. */
  readonly problems: readonly Problem[];
};
