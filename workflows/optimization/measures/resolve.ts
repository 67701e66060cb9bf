import { reach } from '../portfolio/graph.ts';
import type { Portfolio } from '../portfolio/portfolio.ts';
import { mergedFields } from './merged-fields.ts';
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

// A merge changes the kept task's fields, and two operations on one field can't both find it as it was.
function mergeSlots({ taskId, others }: Extract<Measure, { kind: 'merge' }>, { tasks }: Portfolio): readonly string[] {
  const keep = tasks.find((task) => task.id === taskId);
  if (keep === undefined) return [];
  const fields = mergedFields(
    keep,
    tasks.filter((task) => others.includes(task.id)),
  );
  return [
    `merge ${taskId}`,
    ...(fields.priority === keep.priority ? [] : [`reprioritize ${taskId}`]),
    ...(fields.dueMs === keep.dueMs ? [] : [`deadline ${taskId}`]),
    ...(fields.minutes === keep.minutes ? [] : [`effort ${taskId}`]),
  ];
}

// What a measure changes: a second change of the same is a contradiction or a repetition.
function slotsOf(measure: Measure, portfolio: Portfolio): readonly string[] {
  switch (measure.kind) {
    case 'merge':
      return mergeSlots(measure, portfolio);
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

function needsOf(edges: readonly Edge[]): ReadonlyMap<string, readonly string[]> {
  const next = new Map<string, readonly string[]>();
  for (const edge of edges) next.set(edge.taskId, [...(next.get(edge.taskId) ?? []), edge.dependsOnId]);
  return next;
}

/** The edges when all that hangs on some tasks hangs on one of them. */
function mergedEdges(edges: readonly Edge[], { taskId, others }: Extract<Measure, { kind: 'merge' }>): readonly Edge[] {
  const to = (id: string): string => (others.includes(id) ? taskId : id);
  return edges
    .map((edge) => ({ taskId: to(edge.taskId), dependsOnId: to(edge.dependsOnId) }))
    .filter((edge) => edge.taskId !== edge.dependsOnId);
}

const circle = 'it would close a circle of dependencies';

function againstEdges(measure: Measure, { edges }: Taken, portfolio: Portfolio): string | null {
  if (measure.kind === 'merge') {
    const next = needsOf(mergedEdges(edges, measure));
    const needed = next.get(measure.taskId) ?? [];
    return needed.some((id) => reach(id, next).includes(measure.taskId)) ? circle : null;
  }
  if (measure.kind !== 'add_dependency' && measure.kind !== 'remove_dependency') return null;
  const { taskId, dependsOnId } = measure;
  const same = (edge: Edge): boolean => edge.taskId === taskId && edge.dependsOnId === dependsOnId;
  if (measure.kind === 'remove_dependency')
    return edges.some(same) || portfolio.cancelledNeeds.some(same) ? null : 'there is no such dependency';
  if (edges.some(same)) return 'the dependency is there already';
  return reach(dependsOnId, needsOf(edges)).includes(taskId) ? circle : null;
}

/** Whether a task that goes has parts that stay, or is a part of the task that is kept. */
function tearsApart(measure: Measure, { tasks }: Portfolio): boolean {
  if (measure.kind === 'drop') return tasks.some((task) => task.parentId === measure.taskId);
  if (measure.kind !== 'merge') return false;
  const parentOf = new Map(tasks.map((task) => [task.id, task.parentId]));
  const above = (id: string, seen: readonly string[] = []): readonly string[] => {
    const parent = parentOf.get(id) ?? null;
    return parent === null || seen.includes(parent) ? seen : above(parent, [...seen, parent]);
  };
  const all = [measure.taskId, ...measure.others];
  return all.some((id) => above(id).some((parent) => all.includes(parent)));
}

/** Whether all is as the measure would have it: there is nothing to change, and nothing to ask the person about. */
function isSo(measure: Measure, { tasks, projects }: Portfolio): boolean {
  const task = tasks.find((each) => each.id === taskOf(measure));
  switch (measure.kind) {
    case 'reprioritize':
      return task?.priority === measure.priority;
    case 'estimate':
      return task?.minutes === measure.minutes;
    case 'move':
      return task?.projectId === measure.projectId && (measure.phaseId === null || task.phaseId === measure.phaseId);
    case 'close_project':
      return projects.some((project) => project.id === measure.projectId && project.status === measure.status);
    default:
      return false;
  }
}

/** Why a measure can't be taken beside those taken before it, or null. */
function objection(measure: Measure, taken: Taken, portfolio: Portfolio): string | null {
  if (isSo(measure, portfolio)) return 'it is so already';
  const gone = idsOf(measure).find((id) => taken.gone.has(id));
  if (gone !== undefined) return 'another measure merges or drops the task';
  if (tearsApart(measure, portfolio)) return 'one is a part of the other, or has parts of its own';
  const losing = measure.kind === 'drop' ? [measure.taskId] : measure.kind === 'merge' ? measure.others : [];
  if (losing.some((id) => taken.kept.has(id))) return 'other tasks are merged into it';
  if (slotsOf(measure, portfolio).some((slot) => taken.slots.has(slot))) return 'another measure changes the same';
  const postponed = measure.kind === 'reprioritize' && measure.finding?.startsWith('priority-') === true;
  if (postponed && taken.slots.has(`deadline ${measure.taskId}`))
    return 'its deadline is moved, which answers the same';
  return againstEdges(measure, taken, portfolio);
}

function take(measure: Measure, taken: Taken, portfolio: Portfolio): void {
  taken.measures.push(measure);
  for (const slot of slotsOf(measure, portfolio)) taken.slots.add(slot);
  if (measure.kind === 'drop') taken.gone.add(measure.taskId);
  if (measure.kind === 'merge') {
    taken.kept.add(measure.taskId);
    for (const id of measure.others) taken.gone.add(id);
    taken.edges = mergedEdges(taken.edges, measure);
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
    if (why === null) take(measure, taken, portfolio);
    else leftOut.push({ measure, why });
  }
  return { measures: taken.measures, leftOut };
}

function sameChange(a: Measure, b: Measure): boolean {
  const bare = ({ reason: _reason, finding: _finding, ...change }: Measure): string => JSON.stringify(change);
  return a.kind === b.kind && bare(a) === bare(b);
}
