import type { Portfolio, Work } from './portfolio.ts';

/** Tasks that others are parts of: their work is that of their parts. */
export function parentIds(tasks: readonly Work[]): ReadonlySet<string> {
  return new Set(tasks.flatMap((task) => (task.parentId === null ? [] : [task.parentId])));
}

/** Every task with the tasks that are its work: itself, or all of its parts that have no parts. */
export function leavesOf(tasks: readonly Work[]): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const { id, parentId } of tasks)
    if (parentId !== null) children.set(parentId, [...(children.get(parentId) ?? []), id]);
  const collect = (id: string, above: ReadonlySet<string>): readonly string[] => {
    const parts = (children.get(id) ?? []).filter((part) => !above.has(part));
    return parts.length === 0 ? [id] : parts.flatMap((part) => collect(part, new Set([...above, id])));
  };
  return new Map(tasks.map(({ id }) => [id, collect(id, new Set([id]))]));
}

type Edge = { readonly from: string; readonly to: string };

/** Whom a map of edges leads to from each id. */
function neighbors(edges: readonly Edge[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { from, to } of edges) found.set(from, [...(found.get(from) ?? []), to]);
  return found;
}

/** Which tasks wait for a task, directly: by hard dependencies. */
export function waitingFor({ needs }: Portfolio): ReadonlyMap<string, readonly string[]> {
  return neighbors(
    needs.filter((need) => need.kind === 'hard').map((need) => ({ from: need.dependsOnId, to: need.taskId })),
  );
}

/** Everything that edges lead to from an id, without the id itself; a circle ends where it began. */
export function reach(id: string, next: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const seen = new Set<string>([id]);
  const open = [id];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const after of next.get(at) ?? []) {
      if (seen.has(after)) continue;
      seen.add(after);
      open.push(after);
    }
  }
  seen.delete(id);
  return [...seen];
}

/** The longest way along edges from each of the ids, as ids; of several the first found. A circle is walked once. */
export function longestPath(
  starts: readonly string[],
  next: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const known = new Map<string, readonly string[]>();
  const walk = (id: string, above: ReadonlySet<string>): readonly string[] => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const ways = (next.get(id) ?? [])
      .filter((after) => !above.has(after))
      .map((after) => walk(after, new Set([...above, after])));
    const longest = ways.reduce<readonly string[]>((best, way) => (way.length > best.length ? way : best), []);
    const path = [id, ...longest];
    known.set(id, path);
    return path;
  };
  return starts
    .map((start) => walk(start, new Set([start])))
    .reduce<readonly string[]>((best, way) => (way.length > best.length ? way : best), []);
}
