import type { FactSheet } from '../../src/contract/facts.ts';
import { sourceKinds } from '../../src/contract/facts/source-facts.ts';
import type { SourceExcerpt, SourceKind } from '../../src/contract/facts/source-facts.ts';

/** Where the person wants to have searched. */
export type Scope = { readonly kinds: readonly SourceKind[]; readonly projectId: string | null };

/** The scope that the run's options set; `facts` must hold the project. */
export function scopeOf(facts: FactSheet): Scope {
  const { kinds, onlyProject } = facts.options;
  return {
    kinds: Array.isArray(kinds) ? sourceKinds.filter((kind) => kinds.includes(kind)) : sourceKinds,
    projectId: onlyProject === true ? (facts.project?.id ?? null) : null,
  };
}

/** Whether a source may be quoted: within the scope, and not the question itself. */
export function isInScope(facts: FactSheet, source: SourceExcerpt): boolean {
  const { kinds, projectId } = scopeOf(facts);
  if (source.kind === 'task' && source.id === facts.input['taskId']) return false;
  return kinds.includes(source.kind) && (projectId === null || source.projectId === projectId);
}
