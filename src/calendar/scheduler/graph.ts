import type { ScheduleInput } from '../../contract/scheduling/schedule.ts';

/** A soft wish by task index; `id` numbers those that survive. */
export type SoftEdge = { readonly id: number; readonly task: number; readonly dependsOn: number };

/** Dependencies by task index, ready for repeated walks. */
export type Graph = {
  readonly hardBefore: readonly (readonly number[])[];
  readonly hardAfter: readonly (readonly number[])[];
  /** Soft wishes that contradict no hard dependency and no earlier wish. */
  readonly soft: readonly SoftEdge[];
  /** Every task on a hard cycle → all tasks of that cycle, itself included. */
  readonly cycles: ReadonlyMap<number, readonly number[]>;
  /** Tasks neither on nor behind a cycle, each after what it depends on. */
  readonly order: readonly number[];
};

export function buildGraph(input: ScheduleInput): Graph {
  const indexOf = new Map(input.tasks.map((task, index) => [task.key, index]));
  const before: number[][] = input.tasks.map(() => []);
  const after: number[][] = input.tasks.map(() => []);
  const wishes: { task: number; dependsOn: number }[] = [];
  for (const dependency of input.dependencies) {
    const task = indexOf.get(dependency.task);
    const dependsOn = indexOf.get(dependency.dependsOn);
    if (task === undefined || dependsOn === undefined) continue;
    if (dependency.kind === 'soft') wishes.push({ task, dependsOn });
    else if (before[task]?.includes(dependsOn) === false) {
      before[task].push(dependsOn);
      after[dependsOn]?.push(task);
    }
  }
  const cycles = findCycles(after);
  return {
    hardBefore: before,
    hardAfter: after,
    soft: keepSound(wishes, after),
    cycles,
    order: sortByDependency(before, after),
  };
}

/** All tasks that can be reached from `from` by one step or more. */
export function reachable(from: number, next: readonly (readonly number[])[]): Set<number> {
  const seen = new Set<number>();
  const open = [...(next[from] ?? [])];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(next[at] ?? []));
  }
  return seen;
}

/** Tasks that reach themselves, grouped with those that they reach and that reach them. */
function findCycles(after: readonly (readonly number[])[]): Map<number, number[]> {
  const reach = after.map((_, index) => reachable(index, after));
  const cycles = new Map<number, number[]>();
  for (const [index, seen] of reach.entries()) {
    if (!seen.has(index)) continue;
    cycles.set(
      index,
      [...seen].filter((other) => reach[other]?.has(index)).sort((a, b) => a - b),
    );
  }
  return cycles;
}

/** First come, first kept: a wish that closes a circle with hard dependencies and kept wishes is dropped. */
function keepSound(
  wishes: readonly { task: number; dependsOn: number }[],
  after: readonly (readonly number[])[],
): SoftEdge[] {
  const next = after.map((list) => [...list]);
  const kept: SoftEdge[] = [];
  for (const wish of wishes) {
    const already = next[wish.dependsOn]?.includes(wish.task) ?? false;
    if (already || wish.task === wish.dependsOn || reachable(wish.task, next).has(wish.dependsOn)) continue;
    next[wish.dependsOn]?.push(wish.task);
    kept.push({ id: kept.length, ...wish });
  }
  return kept;
}

function sortByDependency(before: readonly (readonly number[])[], after: readonly (readonly number[])[]): number[] {
  const missing = before.map((list) => list.length);
  const ready = missing.flatMap((count, index) => (count === 0 ? [index] : []));
  const order: number[] = [];
  for (let at = ready.shift(); at !== undefined; at = ready.shift()) {
    order.push(at);
    for (const next of after[at] ?? []) {
      const left = (missing[next] ?? 0) - 1;
      missing[next] = left;
      if (left === 0) ready.push(next);
    }
  }
  return order;
}
