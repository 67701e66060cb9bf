import type { Applied, ApplyParams, Undone, UndoParams } from '../records/api.ts';

/** Effects on calendars, on the task queue `steward-calendar`. Each event's id is derived from its operation's key. */
export interface CalendarActivities {
  /** Writes, moves and cancels the accepted events, each conditionally, so that a retry finds its own event. */
  applyEvents(params: ApplyParams): Promise<Applied>;
  /** Takes that back, unless somebody changed the events since. */
  undoEvents(params: UndoParams): Promise<Undone>;
}
