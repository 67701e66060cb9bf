/** What of a history event matters here; ids are the history's own, from 1. */
export type HistoryEvent = {
  readonly id: number;
  readonly kind: 'task_completed' | 'activity_scheduled' | 'activity_finished' | 'other';
  /** Of a scheduled activity. */
  readonly activityId?: string;
  /** Of a scheduled activity: the completed workflow task that scheduled it. */
  readonly scheduledByTask?: number;
  /** Of a finished activity: its scheduling event. */
  readonly scheduledId?: number;
};

const stepPattern = /^step-(\d+)(?:-|$)/;

/** Number of the step that an activity id of the kernel belongs to (`step-7`, `step-7-calendar`), or null. */
export function stepOfActivity(activityId: string): number | null {
  const digits = stepPattern.exec(activityId)?.[1];
  return digits === undefined ? null : Number(digits);
}

function stepOf(event: HistoryEvent): number | null {
  return event.activityId === undefined ? null : stepOfActivity(event.activityId);
}

/** Lowest step that this execution scheduled an activity for, or null when it scheduled none. */
export function firstStep(events: readonly HistoryEvent[]): number | null {
  const numbers = events.map(stepOf).filter((number) => number !== null);
  return numbers.length === 0 ? null : Math.min(...numbers);
}

/** The task that scheduled the first activity of step `fromStep` or a later one. */
function taskThatScheduled(events: readonly HistoryEvent[], fromStep: number): number | null {
  const later = events.filter((event) => event.kind === 'activity_scheduled' && (stepOf(event) ?? 0) >= fromStep);
  const tasks = later.map((event) => event.scheduledByTask).filter((task) => task !== undefined);
  return tasks.length === 0 ? null : Math.min(...tasks);
}

// The run's admission comes before its first step and has no number.
function isEarlier(event: HistoryEvent, admission: HistoryEvent | undefined, fromStep: number): boolean {
  const step = stepOf(event);
  return step === null ? event === admission : step < fromStep;
}

/** The first task after all activities of earlier steps had finished: there begins a step that has no activity of its own. */
function taskAfterEarlierSteps(events: readonly HistoryEvent[], fromStep: number): number | null {
  const scheduled = events.filter((event) => event.kind === 'activity_scheduled');
  const earlier = new Set(
    scheduled.filter((event) => isEarlier(event, scheduled[0], fromStep)).map((event) => event.id),
  );
  const finished = events.filter(
    (event) => event.kind === 'activity_finished' && event.scheduledId !== undefined && earlier.has(event.scheduledId),
  );
  const last = Math.max(0, ...finished.map((event) => event.id));
  return events.find((event) => event.kind === 'task_completed' && event.id > last)?.id ?? null;
}

/**
 * The workflow task to reset to, so that step `fromStep` and all later ones run again and earlier results stay. A question
 * or decision has no activity: it begins in the task that follows the last earlier result (with it, questions right
 * before it are asked again). Null when the history holds no such task.
 */
export function resetPoint(events: readonly HistoryEvent[], fromStep: number): number | null {
  const scheduled = taskThatScheduled(events, fromStep);
  if (scheduled !== null && events.some((event) => stepOf(event) === fromStep)) return scheduled;
  const after = taskAfterEarlierSteps(events, fromStep);
  return after === null || scheduled === null ? after : Math.min(scheduled, after);
}
