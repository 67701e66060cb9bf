import { reach } from '../portfolio/graph.ts';
import type { Portfolio } from '../portfolio/portfolio.ts';
import { measureKinds, taskOf } from './measure.ts';
import type { Measure } from './measure.ts';

export type LeftOut = { readonly measure: Measure; readonly why: string };
export type Resolved = { readonly measures: readonly Measure[]; readonly leftOut: readonly LeftOut[] };

type Edge = { readonly taskId: string; readonly dependsOnId: string };

/** What the measures taken so far have done. */
type Taken = {
  readonly measures: Measure[];
  /** Tasks that will not be open any more. */
  readonly gone: Set<string>;
  /** Tasks that others are merged into. */
  readonly kept: Set<string>;
  readonly slots: Set<string>;
  edges: readonly Edge[];
};

// What a measure changes: a second change of the same is a contradiction or a repetition.
function slotsOf(measure: Measure): readonly string[] {
  switch (measure.kind) {
    case 'reschedule':
      return [
        ...(measure.start === null ? [] : [`start ${measure.taskId}`]),
        ...(measure.deadline === null ? [] : [`deadline ${measure.taskId}`]),
      ];
    case 'add_dependency':
    case 'remove_dependency':
      return [`need ${measure.taskId} ${measure.dependsOnId}`];
    case 'split':
    case 'estimate':
      return [`effort ${measure.taskId}`];
    case 'extend_project':
    case 'close_project':
      return [`project ${measure.projectId}`];
    default:
      return [`${measure.kind} ${measure.taskId}`];
  }
}

function idsOf(measure: Measure): readonly string[] {
  const own = taskOf(measure);
  const needed = measure.kind === 'add_dependency' ? [measure.dependsOnId] : [];
  return own === null ? [] : [own, ...(measure.kind === 'merge' ? measure.others : needed)];
}

function againstEdges(measure: Measure, { edges }: Taken, portfolio: Portfolio): string | null {
  if (measure.kind !== 'add_dependency' && measure.kind !== 'remove_dependency') return null;
  const { taskId, dependsOnId } = measure;
  const same = (edge: Edge): boolean => edge.taskId === taskId && edge.dependsOnId === dependsOnId;
  if (measure.kind === 'remove_dependency')
    return edges.some(same) || portfolio.cancelledNeeds.some(same) ? null : 'there is no such dependency';
  if (edges.some(same)) return 'the dependency is there already';
  const next = new Map<string, readonly string[]>();
  for (const edge of edges) next.set(edge.taskId, [...(next.get(edge.taskId) ?? []), edge.dependsOnId]);
  return reach(dependsOnId, next).includes(taskId) ? 'it would close a circle of dependencies' : null;
}

/** Why a measure can't be taken beside those taken before it, or null. */
function objection(measure: Measure, taken: Taken, portfolio: Portfolio): string | null {
  const gone = idsOf(measure).find((id) => taken.gone.has(id));
  if (gone !== undefined) return 'another measure merges or drops the task';
  const losing = measure.kind === 'drop' ? [measure.taskId] : measure.kind === 'merge' ? measure.others : [];
  if (losing.some((id) => taken.kept.has(id))) return 'other tasks are merged into it';
  if (slotsOf(measure).some((slot) => taken.slots.has(slot))) return 'another measure changes the same';
  return againstEdges(measure, taken, portfolio);
}

function take(measure: Measure, taken: Taken): void {
  taken.measures.push(measure);
  for (const slot of slotsOf(measure)) taken.slots.add(slot);
  if (measure.kind === 'drop') taken.gone.add(measure.taskId);
  if (measure.kind === 'merge') {
    taken.kept.add(measure.taskId);
    for (const id of measure.others) taken.gone.add(id);
  }
  if (measure.kind === 'add_dependency') taken.edges = [...taken.edges, measure];
  if (measure.kind === 'remove_dependency')
    taken.edges = taken.edges.filter(
      (edge) => edge.taskId !== measure.taskId || edge.dependsOnId !== measure.dependsOnId,
    );
}

/**
 * Measures that go together. They are taken in the order of their kinds (merge, drop, split, move, reschedule, …), within a
 * kind as given (worst finding first); one that contradicts those before it is left out, and says why. A repetition of the
 * very same change is dropped without a word.
 */
export function resolveMeasures(measures: readonly Measure[], portfolio: Portfolio): Resolved {
  const open = new Set(portfolio.tasks.map((task) => task.id));
  const taken: Taken = { measures: [], gone: new Set(), kept: new Set(), slots: new Set(), edges: portfolio.needs };
  const leftOut: LeftOut[] = [];
  const ordered = measures.toSorted((a, b) => measureKinds.indexOf(a.kind) - measureKinds.indexOf(b.kind));
  for (const measure of ordered) {
    if (taken.measures.some((other) => sameChange(other, measure))) continue;
    const missing = idsOf(measure).some((id) => !open.has(id));
    const why = missing ? 'the task is not open any more' : objection(measure, taken, portfolio);
    if (why === null) take(measure, taken);
    else leftOut.push({ measure, why });
  }
  return { measures: taken.measures, leftOut };
}

function sameChange(a: Measure, b: Measure): boolean {
  const bare = ({ reason: _reason, finding: _finding, ...change }: Measure): string => JSON.stringify(change);
  return a.kind === b.kind && bare(a) === bare(b);
}
