export type Edge = { readonly taskId: string; readonly dependsOnId: string; readonly kind: 'hard' | 'soft' };
export type Merge = { readonly keepId: string; readonly mergedIds: readonly string[] };
export type EdgePlan<E extends Edge> = {
  readonly remove: readonly E[];
  readonly add: readonly E[];
  /** Would have closed a circle: left out. */
  readonly dropped: readonly E[];
};

function reaches(edges: Iterable<Edge>, from: string, to: string): boolean {
  const next = new Map<string, string[]>();
  for (const { taskId, dependsOnId } of edges) next.set(taskId, [...(next.get(taskId) ?? []), dependsOnId]);
  const seen = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(next.get(id) ?? []));
  }
  return false;
}

/**
 * What becomes of a person's dependencies when tasks are merged into one: those of the merged are the kept one's, without
 * loops, doubles (the hard one stays) and circles (of which the soft ones go first).
 */
export function planEdges<E extends Edge>(edges: readonly E[], { keepId, mergedIds }: Merge): EdgePlan<E> {
  const merged = new Set(mergedIds);
  const touches = (edge: Edge): boolean => merged.has(edge.taskId) || merged.has(edge.dependsOnId);
  const to = (id: string): string => (merged.has(id) ? keepId : id);
  const moved = edges
    .filter(touches)
    .map((edge) => ({ ...edge, taskId: to(edge.taskId), dependsOnId: to(edge.dependsOnId) }))
    .toSorted((a, b) => a.kind.localeCompare(b.kind));
  const keyOf = (edge: Edge): string => `${edge.taskId} ${edge.dependsOnId}`;
  const result = new Map(edges.filter((edge) => !touches(edge)).map((edge) => [keyOf(edge), edge]));
  const remove = edges.filter(touches);
  const add = new Map<string, E>();
  const dropped: E[] = [];
  for (const edge of moved) {
    if (edge.taskId === edge.dependsOnId) continue;
    const key = keyOf(edge);
    const there = result.get(key);
    if (there !== undefined && (there.kind === 'hard' || edge.kind === 'soft')) continue;
    if (there === undefined && reaches(result.values(), edge.dependsOnId, edge.taskId)) {
      dropped.push(edge);
      continue;
    }
    if (there !== undefined) remove.push(there);
    add.set(key, edge);
    result.set(key, edge);
  }
  return { remove, add: [...add.values()], dropped };
}

export type NewParent = { readonly id: string; readonly parentId: string | null };

/**
 * Subtasks of the merged go under the kept one. What stands above it can't: that takes the place of the merged task that
 * it was under. In the order in which each step is free of circles.
 */
export function planParents(parents: ReadonlyMap<string, string>, { keepId, mergedIds }: Merge): readonly NewParent[] {
  const merged = new Set(mergedIds);
  const above = new Set<string>();
  for (let id: string | undefined = keepId; id !== undefined && !above.has(id); id = parents.get(id)) above.add(id);
  const outer = (id: string): string | null => {
    const parent = parents.get(id);
    return parent !== undefined && merged.has(parent) ? outer(parent) : (parent ?? null);
  };
  const moved = [...parents].filter(([child, parent]) => merged.has(parent) && !merged.has(child));
  return [
    ...moved.filter(([child]) => above.has(child)).map(([id, parent]) => ({ id, parentId: outer(parent) })),
    ...moved.filter(([child]) => !above.has(child)).map(([id]) => ({ id, parentId: keepId })),
  ];
}
