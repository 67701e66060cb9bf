type Edge = { readonly task: string; readonly dependsOn: string };

/** A cycle among dependencies as the keys along it, or null. Depth-first, in the order given: deterministic. */
export function findCycle(edges: readonly Edge[]): readonly string[] | null {
  const next = new Map<string, string[]>();
  for (const { task, dependsOn } of edges) next.set(task, [...(next.get(task) ?? []), dependsOn]);
  const done = new Set<string>();
  for (const start of next.keys()) {
    const found = walk({ key: start, next, done, path: [] });
    if (found !== null) return found;
  }
  return null;
}

type Walk = {
  readonly key: string;
  readonly next: ReadonlyMap<string, readonly string[]>;
  readonly done: Set<string>;
  readonly path: readonly string[];
};

function walk({ key, next, done, path }: Walk): readonly string[] | null {
  const at = path.indexOf(key);
  if (at >= 0) return [...path.slice(at), key];
  if (done.has(key)) return null;
  for (const after of next.get(key) ?? []) {
    const found = walk({ key: after, next, done, path: [...path, key] });
    if (found !== null) return found;
  }
  done.add(key);
  return null;
}
