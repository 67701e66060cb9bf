export type AdvanceParams = { readonly scheduleId: string };

/** How long until there is something to do for the schedule, in ms; null when nothing is left to wait for. */
export type Advanced = { readonly waitMs: number | null };

/** Effects of schedules. On the task queue `steward-records`. */
export interface ScheduleActivities {
  /** Starts the run that is due, once, and moves the schedule to its next instant. */
  advanceSchedule(params: AdvanceParams): Promise<Advanced>;
}
