/** One instance of an event; `recurring` when a rule of the file says that it repeats. */
export type WindowEvent = {
  readonly uid: string;
  readonly recurrenceId: string | null;
  readonly recurring: boolean;
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
  readonly taskId: string | null;
};

export type CalendarWindowFacts = {
  /** ISO 8601 instants in UTC: [from, to). */
  readonly from: string;
  readonly to: string;
  readonly events: readonly WindowEvent[];
  /** Events that could not be read or unrolled. */
  readonly problems: readonly string[];
  /** True when there were more events than one look takes in. */
  readonly cut: boolean;
};
