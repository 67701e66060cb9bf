/** All that starting a run's workflow needs; kept in the outbox row as JSON. */
export type RunStart = {
  readonly runId: string;
  readonly userId: string;
  readonly type: string;
  readonly name: string;
  readonly projectId: string | null;
  /** 1 (most urgent) to 10. */
  readonly priority: number;
  /** ISO 8601 in UTC, or null for now. */
  readonly startAt: string | null;
};

/** Kinds of outbox messages: start a run's workflow, cancel it, say an update to it once more, look at a schedule again. */
export const startKind = 'start_run';
export const cancelKind = 'cancel_run';
export const updateKind = 'send_update';
export const scheduleKind = 'schedule_changed';

/** The Temporal workflow id of a run. */
export function workflowIdOf(runId: string): string {
  return `run-${runId}`;
}
