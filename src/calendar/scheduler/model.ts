import type { ScheduleDay, ScheduleInput, TaskPriority } from '../../contract/scheduling/schedule.ts';
import { buildGraph } from './graph.ts';
import type { Graph } from './graph.ts';
import { minuteMs, openTimeline } from './timeline.ts';
import type { Timeline } from './timeline.ts';

/** What a task weighs against others: one critical task is worth two high ones. */
const weights: Readonly<Record<TaskPriority, number>> = { low: 1, medium: 2, high: 4, critical: 8 };

/** A task by index, lengths in ms. */
export type ModelTask = {
  readonly key: string;
  readonly title: string;
  readonly weight: number;
  readonly lengthMs: number;
  readonly minPartMs: number | null;
  readonly fromMs: number;
  readonly deadlineMs: number | null;
  /** The deadline or the horizon, whichever comes first. */
  readonly untilMs: number;
};

/** The input in the form that the search walks many times. Never changed after it is built. */
export type Model = {
  readonly tasks: readonly ModelTask[];
  readonly graph: Graph;
  readonly open: Timeline;
  readonly horizonEndMs: number;
  readonly days: readonly ScheduleDay[];
};

export function buildModel(input: ScheduleInput): Model {
  const tasks = input.tasks.map((task) => ({
    key: task.key,
    title: task.title,
    weight: weights[task.priority],
    lengthMs: Math.max(1, Math.round(task.durationMinutes * minuteMs)),
    minPartMs: task.splittable ? Math.max(1, Math.round(task.minBlockMinutes * minuteMs)) : null,
    fromMs: task.earliestStartMs ?? Number.NEGATIVE_INFINITY,
    deadlineMs: task.deadlineMs,
    untilMs: Math.min(task.deadlineMs ?? Number.POSITIVE_INFINITY, input.horizonEndMs),
  }));
  return {
    tasks,
    graph: buildGraph(input),
    open: openTimeline(input),
    horizonEndMs: input.horizonEndMs,
    days: input.days,
  };
}

/** The task at `index`; the graph is built from the same list, so a missing one is a fault of ours. */
export function taskAt(model: Model, index: number): ModelTask {
  const task = model.tasks[index];
  if (task === undefined) throw new RangeError(`There is no task ${index}.`);
  return task;
}
