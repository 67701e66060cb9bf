import type { Applied, ApplyParams, Undone, UndoParams } from '../records/api.ts';

/** Effects on calendars, on the task queue `steward-calendar`. Each event's id is derived from its operation's key. */
export interface CalendarActivities {
  /** Writes the accepted `schedule_event` operations, each conditionally, so that a retry finds its own event. */
  applyEvents(params: ApplyParams): Promise<Applied>;
  /** Removes the events of a proposal again, unless somebody changed them since. */
  undoEvents(params: UndoParams): Promise<Undone>;
}
