import { taskAt } from './model.ts';
import type { Model } from './model.ts';
import { focusLeft } from './timeline.ts';
import type { Timeline } from './timeline.ts';

/** Per task index, in ms of free time since the first free instant. Tasks on or behind a cycle hold their own length only. */
export type CriticalPath = {
  /** Room between the earliest and the latest finish. */
  readonly slackMs: readonly number[];
  /** Longest chain from the start of this task to the end of its last successor. */
  readonly tailMs: readonly number[];
  /** Latest start that still meets every deadline behind it; infinite without one. */
  readonly latestStartMs: readonly number[];
  /** Weight of the weightiest task that waits for this one, itself included. */
  readonly weight: readonly number[];
  /** Task indexes, first to last. */
  readonly path: readonly number[];
};

/** The critical path method on hard dependencies, counted in free time, so that nights and meetings cost nothing. */
export function findCriticalPath(model: Model): CriticalPath {
  const clock = freeClock(model.open);
  const forward = walkForward(model, clock);
  const { earliestFinish } = forward;
  const finish = model.graph.order.reduce((latest, index) => Math.max(latest, earliestFinish[index] ?? 0), 0);
  const tail = model.tasks.map((task) => task.lengthMs);
  const weight = model.tasks.map((task) => task.weight);
  const latestFinish = model.tasks.map((task) =>
    task.deadlineMs === null ? finish : Math.min(finish, clock(task.deadlineMs)),
  );
  const dueFinish = model.tasks.map((task) =>
    task.deadlineMs === null ? Number.POSITIVE_INFINITY : clock(task.deadlineMs),
  );
  for (const index of model.graph.order.toReversed()) {
    for (const next of model.graph.hardAfter[index] ?? []) {
      const length = taskAt(model, next).lengthMs;
      latestFinish[index] = Math.min(latestFinish[index] ?? finish, (latestFinish[next] ?? finish) - length);
      dueFinish[index] = Math.min(dueFinish[index] ?? finish, (dueFinish[next] ?? finish) - length);
      tail[index] = Math.max(tail[index] ?? 0, taskAt(model, index).lengthMs + (tail[next] ?? 0));
      weight[index] = Math.max(weight[index] ?? 0, weight[next] ?? 0);
    }
  }
  return {
    slackMs: latestFinish.map((latest, index) => latest - (earliestFinish[index] ?? 0)),
    tailMs: tail,
    latestStartMs: dueFinish.map((due, index) => due - taskAt(model, index).lengthMs),
    weight,
    path: tracePath(model, forward),
  };
}

type Forward = { readonly earliestFinish: number[]; readonly driver: (number | null)[] };

function walkForward(model: Model, clock: (ms: number) => number): Forward {
  const earliestFinish = model.tasks.map((task) => task.lengthMs);
  const driver: (number | null)[] = model.tasks.map(() => null);
  for (const index of model.graph.order) {
    const task = taskAt(model, index);
    let start = clock(task.fromMs);
    for (const before of model.graph.hardBefore[index] ?? []) {
      const end = earliestFinish[before] ?? 0;
      if (end < start || (end === start && driver[index] !== null)) continue;
      start = end;
      driver[index] = before;
    }
    earliestFinish[index] = start + task.lengthMs;
  }
  return { earliestFinish, driver };
}

function tracePath(model: Model, { earliestFinish, driver }: Forward): number[] {
  let last: number | null = null;
  for (const index of model.graph.order) {
    if (last === null || (earliestFinish[index] ?? 0) > (earliestFinish[last] ?? 0)) last = index;
  }
  const path: number[] = [];
  for (let at = last; at !== null; at = driver[at] ?? null) path.unshift(at);
  return path;
}

/** Free time before an instant, in ms; what passes a day's limit doesn't count. */
function freeClock(timeline: Timeline): (ms: number) => number {
  const usedByDay = new Map<number, number>();
  let total = 0;
  const stretches = timeline.gaps.map((gap) => {
    const used = usedByDay.get(gap.day) ?? 0;
    const length = Math.max(0, Math.min(gap.endMs - gap.startMs, focusLeft(timeline, gap) - used));
    usedByDay.set(gap.day, used + length);
    const stretch = { startMs: gap.startMs, endMs: gap.endMs, before: total, length };
    total += length;
    return stretch;
  });
  return (ms) => {
    const stretch = stretches.find((candidate) => candidate.endMs > ms);
    return stretch === undefined ? total : stretch.before + Math.min(stretch.length, Math.max(0, ms - stretch.startMs));
  };
}
