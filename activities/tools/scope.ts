import { StewardError } from '../../src/contract/errors.ts';
import { sourceKinds } from '../../src/contract/facts/source-facts.ts';
import type { SourceKind, SourceScope } from '../../src/contract/facts/source-facts.ts';

/** What a tool shows of the person's: records of some kinds, the calendar, or nothing that it was not given. */
export type Reads = readonly SourceKind[] | 'calendar' | 'nothing';

function isWhole({ kinds, projectId }: SourceScope): boolean {
  return projectId === null && sourceKinds.every((kind) => kinds.includes(kind));
}

/** Whether a tool has anything to show within a scope. The calendar is of no kind and no project: only all of it has it. */
export function readsWithin(reads: Reads, scope: SourceScope): boolean {
  if (reads === 'nothing') return true;
  return reads === 'calendar' ? isWhole(scope) : reads.some((kind) => scope.kinds.includes(kind));
}

/** The kinds wanted, or all, as far as they may be read. Throws `forbidden` when none of them may. */
export function kindsWithin(scope: SourceScope, wanted: readonly SourceKind[] = scope.kinds): readonly SourceKind[] {
  const kinds = wanted.filter((kind) => scope.kinds.includes(kind));
  if (kinds.length > 0) return kinds;
  throw new StewardError('forbidden', `This work may read ${scope.kinds.join(', ')} and no ${wanted.join(', ')}.`);
}

/** The project to look in: the one wanted, or the only one that may be read. Throws `forbidden` for another. */
export function projectWithin(scope: SourceScope, wanted?: string): string | null {
  if (scope.projectId === null) return wanted ?? null;
  if (wanted === undefined || wanted === scope.projectId) return scope.projectId;
  throw new StewardError('forbidden', `This work may read the project ${scope.projectId} and no other.`);
}

/** Throws `forbidden` for a record of another project than the one that may be read. */
export function assertOfProject(scope: SourceScope, record: { readonly projectId: string | null }): void {
  if (scope.projectId === null || record.projectId === scope.projectId) return;
  throw new StewardError('forbidden', `This work may read what is in the project ${scope.projectId}, and this is not.`);
}
