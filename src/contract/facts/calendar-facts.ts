import type { EventRole } from '../operations/tasks.ts';

/** One instance of an event; `recurring` when a rule of the file says that it repeats. */
export type WindowEvent = {
  readonly uid: string;
  readonly recurrenceId: string | null;
  readonly recurring: boolean;
  /** The rule in iCalendar's words, or null for a single event. */
  readonly rule: string | null;
  readonly title: string;
  readonly description: string | null;
  readonly location: string | null;
  /** ISO 8601 in UTC. */
  readonly start: string;
  readonly end: string;
  readonly allDay: boolean;
  /** False for events that leave the person free. */
  readonly busy: boolean;
  /** True for blocks that Steward wrote. */
  readonly own: boolean;
  /** True for what a proposal may move or cancel: a single event that Steward keeps itself. */
  readonly movable: boolean;
  readonly taskId: string | null;
};

/** That a task came from an event, or from one instance of a series. */
export type EventLinkFacts = {
  readonly taskId: string;
  readonly eventUid: string;
  readonly recurrenceId: string | null;
  readonly role: EventRole;
};

export type CalendarWindowFacts = {
  /** ISO 8601 instants in UTC: [from, to). */
  readonly from: string;
  readonly to: string;
  readonly events: readonly WindowEvent[];
  /** Of tasks that are there, to any event. */
  readonly links: readonly EventLinkFacts[];
  /** Events that could not be read or unrolled. */
  readonly problems: readonly string[];
  /** True when there were more events than one look takes in. */
  readonly cut: boolean;
};
