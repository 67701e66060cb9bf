import type { FactSheet } from '../../src/contract/facts.ts';
import { sourceKinds } from '../../src/contract/facts/source-facts.ts';
import type { SourceExcerpt, SourceScope } from '../../src/contract/facts/source-facts.ts';

/** Where the person wants to have searched, by the run's options; `facts` must hold the project. */
export function scopeOf(facts: FactSheet): SourceScope {
  const { kinds, onlyProject } = facts.options;
  // A project that was deleted meanwhile widens nothing: of it there is nothing left to find.
  const named = facts.project?.id ?? facts.input['projectId'];
  return {
    kinds: Array.isArray(kinds) ? sourceKinds.filter((kind) => kinds.includes(kind)) : sourceKinds,
    projectId: onlyProject === true && typeof named === 'string' ? named : null,
  };
}

/** How titles of notes begin that hold a report. */
export const reportPrefix = 'Research: ';

/** Whether a source may be quoted: within the scope, and neither the question itself nor an earlier report, which only quotes others. */
export function isInScope(facts: FactSheet, source: SourceExcerpt): boolean {
  const { kinds, projectId } = scopeOf(facts);
  if (source.kind === 'task' && source.id === facts.input['taskId']) return false;
  if (source.kind === 'note' && source.title.startsWith(reportPrefix)) return false;
  return kinds.includes(source.kind) && (projectId === null || source.projectId === projectId);
}
