import { findAtRisk } from './at-risk.ts';
import { findBlocked } from './blocked.ts';
import { findCancelledNeeds } from './cancelled-needs.ts';
import { findDuplicates } from './duplicates.ts';
import { findOversized, findUnplanned } from './effort.ts';
import { findingKinds, severities } from './finding.ts';
import type { Finding, FindingKind, Found } from './finding.ts';
import { findInversions } from './inversions.ts';
import { findLateBlocks } from './late-blocks.ts';
import type { Look } from './look.ts';
import { findOverdue } from './overdue.ts';
import { findOverload } from './overload.ts';
import { findPriorityContradictions } from './priorities.ts';
import { findEmptyProjects, findProjectsOver } from './projects.ts';
import { findStale } from './stale.ts';

const finders: Readonly<Record<FindingKind, (look: Look) => readonly Found[]>> = {
  overdue: findOverdue,
  at_risk: findAtRisk,
  blocked: findBlocked,
  cancelled_need: findCancelledNeeds,
  overload: findOverload,
  stale: findStale,
  duplicate: findDuplicates,
  priority: findPriorityContradictions,
  inversion: findInversions,
  oversized: findOversized,
  unplanned: findUnplanned,
  late_block: findLateBlocks,
  project_over: findProjectsOver,
  empty_project: findEmptyProjects,
};

function withProjects(found: Found, look: Look): Found & { readonly projectIds: readonly string[] } {
  const own = found.taskIds.flatMap((id) => look.byId.get(id)?.projectId ?? []);
  return { ...found, projectIds: [...new Set([...(found.projectIds ?? []), ...own])] };
}

/** A week is overloaded by all work together; where the run is limited to a project, only its own can give way. */
function within(found: Found, look: Look): Found {
  if (look.projectId === null || found.kind !== 'overload') return found;
  return { ...found, taskIds: found.taskIds.filter((id) => look.byId.get(id)?.projectId === look.projectId) };
}

function concerns(found: { readonly projectIds: readonly string[] }, look: Look): boolean {
  return look.projectId === null || found.projectIds.includes(look.projectId);
}

/**
 * Everything that is wrong with the open work, worst first; what is alike stays in the order of the records. Where the run
 * is limited to a project, only what touches it: other work counts in the load all the same.
 */
export function findAll(look: Look, focus: readonly string[] | null): readonly Finding[] {
  const wanted = findingKinds.filter((kind) => focus === null || focus.includes(kind));
  const found = wanted.flatMap((kind) =>
    finders[kind](look)
      .map((each) => withProjects(within(each, look), look))
      .filter((each) => concerns(each, look))
      .map((each, index) => ({ ...each, key: `${kind}-${index + 1}` })),
  );
  return found.toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
}
