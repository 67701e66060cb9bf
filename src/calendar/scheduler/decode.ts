import type { TimeWindow } from '../../contract/scheduling/schedule.ts';
import { taskAt } from './model.ts';
import type { Model } from './model.ts';
import { endOf, findPlace } from './place.ts';
import { copyTimeline, occupy } from './timeline.ts';
import type { Timeline } from './timeline.ts';

/** What the search varies. A schedule follows from it in one way only. */
export type Plan = {
  /** Per task: among those that may go next, the least goes first. */
  readonly rank: readonly number[];
  /** Per soft wish: whether it is given up. */
  readonly dropped: readonly boolean[];
  /** Per task: placed in one block where it can be, although it may be split. */
  readonly whole: readonly boolean[];
};

export type Schedule = {
  /** Per task: its blocks in time order, or null when it found no place. */
  readonly blocks: readonly (readonly TimeWindow[] | null)[];
  readonly left: Timeline;
  /** Wishes whose task starts before what it would rather follow ends. */
  readonly violated: readonly number[];
};

/** Serial schedule generation: takes the tasks one by one, each to its earliest place. */
export function decode(model: Model, plan: Plan): Schedule {
  const left = copyTimeline(model.open);
  const blocks: (readonly TimeWindow[] | null)[] = model.tasks.map(() => null);
  const sound = new Set(model.graph.order);
  const wishes = model.graph.soft.filter((edge) => plan.dropped[edge.id] !== true && sound.has(edge.dependsOn));
  const wishesOf = groupBy(
    wishes.map((edge) => [edge.task, edge.dependsOn]),
    model.tasks.length,
  );
  const waitersOf = groupBy(
    wishes.map((edge) => [edge.dependsOn, edge.task]),
    model.tasks.length,
  );
  const missing = model.tasks.map(
    (_, index) => (model.graph.hardBefore[index]?.length ?? 0) + (wishesOf[index]?.length ?? 0),
  );
  const ready = model.graph.order.filter((index) => missing[index] === 0);
  for (let at = takeLeast(ready, plan.rank); at !== null; at = takeLeast(ready, plan.rank)) {
    const placed = placeTask(model, { plan, left, blocks, index: at, wishes: wishesOf[at] ?? [] });
    blocks[at] = placed;
    for (const block of placed ?? []) occupy(left, block);
    for (const next of [...(model.graph.hardAfter[at] ?? []), ...(waitersOf[at] ?? [])]) {
      missing[next] = (missing[next] ?? 0) - 1;
      if (missing[next] === 0 && sound.has(next)) ready.push(next);
    }
  }
  return { blocks, left, violated: violatedWishes(model, blocks) };
}

type Step = {
  readonly plan: Plan;
  readonly left: Timeline;
  readonly blocks: readonly (readonly TimeWindow[] | null)[];
  readonly index: number;
  readonly wishes: readonly number[];
};

function placeTask(model: Model, step: Step): readonly TimeWindow[] | null {
  const task = taskAt(model, step.index);
  const needed = model.graph.hardBefore[step.index] ?? [];
  if (needed.some((before) => (step.blocks[before] ?? null) === null)) return null;
  const hardMs = Math.max(task.fromMs, ...needed.map((before) => endOf(step.blocks[before] ?? [])));
  const softMs = Math.max(hardMs, ...step.wishes.map((before) => endOf(step.blocks[before] ?? [])));
  const request = { lengthMs: task.lengthMs, minPartMs: task.minPartMs, untilMs: task.untilMs };
  if (step.plan.whole[step.index] === true) {
    const place = findPlace(step.left, { ...request, fromMs: softMs, minPartMs: null });
    if (place !== null) return place;
  }
  const place = findPlace(step.left, { ...request, fromMs: softMs });
  return place === null && softMs > hardMs ? findPlace(step.left, { ...request, fromMs: hardMs }) : place;
}

function violatedWishes(model: Model, blocks: readonly (readonly TimeWindow[] | null)[]): number[] {
  return model.graph.soft
    .filter((edge) => {
      const first = blocks[edge.task]?.[0];
      const before = blocks[edge.dependsOn] ?? null;
      return first !== undefined && before !== null && first.startMs < endOf(before);
    })
    .map((edge) => edge.id);
}

/** Ready lists are short, so a scan beats a heap. */
function takeLeast(ready: number[], rank: readonly number[]): number | null {
  let best = -1;
  for (const [position, index] of ready.entries()) {
    if (best < 0 || (rank[index] ?? 0) < (rank[ready[best] ?? 0] ?? 0)) best = position;
  }
  return best < 0 ? null : (ready.splice(best, 1)[0] ?? null);
}

function groupBy(pairs: readonly (readonly [number, number])[], size: number): number[][] {
  const groups: number[][] = Array.from({ length: size }, () => []);
  for (const [from, to] of pairs) groups[from]?.push(to);
  return groups;
}
