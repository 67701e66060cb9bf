import type { Problem } from '../contract/errors.ts';
import type { EventInstance } from './ics/types.ts';

export type ImportCounts = {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Left out: not understood, older than what is here, or Steward's own. `problems` says which. */
  readonly skipped: number;
  readonly problems: readonly Problem[];
};

/** ISO 8601 instants, or local dates of the person; `to` is exclusive. */
export type SpanQuery = { readonly userId: string; readonly from: string; readonly to: string };
/** ISO 8601 instants in UTC. */
export type TimeSpan = { readonly start: string; readonly end: string };

export type InstanceList = { readonly instances: readonly EventInstance[]; readonly problems: readonly Problem[] };
export type FreeBusy = {
  readonly timeZone: string;
  readonly busy: readonly TimeSpan[];
  readonly free: readonly TimeSpan[];
};

export type NewEvent = {
  readonly userId: string;
  /** Derived from the effect's key; the event's uid follows from it. */
  readonly eventId: string;
  readonly title: string;
  /** ISO 8601 instants. */
  readonly start: string;
  readonly end: string;
  /** IANA name of the zone that the person thinks in. */
  readonly timeZone: string;
  readonly description: string | null;
  readonly taskId: string | null;
  readonly runId: string | null;
};

export type EventChanges = {
  readonly title?: string;
  readonly start?: string;
  readonly end?: string;
  readonly timeZone?: string;
  readonly description?: string | null;
};

export type EventRef = { readonly userId: string; readonly uid: string; readonly etag: string };
export type Created = { readonly uid: string; readonly etag: string; readonly outcome: 'created' | 'already_there' };
export type Updated = { readonly uid: string; readonly etag: string; readonly outcome: 'updated' | 'already_there' };
export type Deleted = { readonly uid: string; readonly outcome: 'deleted' | 'already_gone' };

/**
 * One calendar of a person, wherever it is kept. Writes are conditional: each can be repeated after an unknown outcome, and
 * none overwrites what somebody else changed. All throw `invalid_input` for what is no time or zone.
 */
export interface CalendarProvider {
  /** Brings in an iCalendar file. Repeating it changes nothing. @throws `payload_too_large`, `invalid_input` */
  importIcs(params: { readonly userId: string; readonly text: string }): Promise<ImportCounts>;
  /** Every instance that takes place in the time, series unrolled; cancelled ones are left out. */
  listInstances(params: SpanQuery): Promise<InstanceList>;
  /** When the person is busy, and what is left of their working hours. */
  freeBusy(params: SpanQuery): Promise<FreeBusy>;
  /** As `If-None-Match: *`: the same event again is done, another under its uid is a `conflict`. */
  createEvent(params: NewEvent): Promise<Created>;
  /** As `If-Match`. @throws `conflict` when somebody changed the event since, `not_found` when it is gone */
  updateEvent(params: EventRef & { readonly changes: EventChanges }): Promise<Updated>;
  /** As `If-Match`; an event that is gone is done. @throws `conflict` when somebody changed it since */
  deleteEvent(params: EventRef): Promise<Deleted>;
  /** Makes a new secret for the feed; the old one stops working. Only its hash is kept. */
  createFeed(params: { readonly userId: string }): Promise<{ readonly secret: string }>;
  /** The calendar as an iCalendar file. @throws `not_found` for an unknown secret */
  feed(params: { readonly secret: string }): Promise<string>;
}
