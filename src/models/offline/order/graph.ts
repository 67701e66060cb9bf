/** One task needs another; `hard` when it can't start before the other is done. */
export type Edge = {
  readonly task: string;
  readonly dependsOn: string;
  readonly kind: 'hard' | 'soft';
  readonly reason: string;
};

/** Dependencies found so far. Adding keeps them free of cycles, of repetitions and of soft edges that others imply. */
export class OrderGraph {
  readonly #edges: Edge[] = [];
  readonly #needs = new Map<string, Set<string>>();

  get edges(): readonly Edge[] {
    return this.#edges;
  }

  /** Says whether `from` needs `to`, directly or through others. */
  reaches(from: string, to: string): boolean {
    const seen = new Set<string>();
    const open = [from];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (key === to) return true;
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(...(this.#needs.get(key) ?? []));
    }
    return false;
  }

  /** Adds an edge unless it would close a cycle, is there already, or is soft and implied. */
  add(edge: Edge): void {
    if (edge.task === edge.dependsOn || this.reaches(edge.dependsOn, edge.task)) return;
    const direct = this.#needs.get(edge.task) ?? new Set<string>();
    if (direct.has(edge.dependsOn) || (edge.kind === 'soft' && this.reaches(edge.task, edge.dependsOn))) return;
    direct.add(edge.dependsOn);
    this.#needs.set(edge.task, direct);
    this.#edges.push(edge);
  }
}
