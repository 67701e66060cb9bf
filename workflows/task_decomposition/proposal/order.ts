import type { FactSheet } from '../../../src/contract/facts.ts';
import type { AddDependency, Operation } from '../../../src/contract/proposal.ts';
import { readOrder, readParts } from '../outputs.ts';
import type { Place } from './place.ts';

/** Order among the parts; what exists in the records already is not added again. */
export function orderOperations(facts: FactSheet, place: Place, made: readonly Operation[]): readonly AddDependency[] {
  const leaves = new Map(readParts(facts).leaves.map((leaf) => [leaf.key, leaf]));
  const ids = new Set(made.map(({ id }) => id));
  const known = new Set((facts.workload?.dependencies ?? []).map((edge) => `${edge.taskId} ${edge.dependsOnId}`));
  const edges = readOrder(facts).flatMap((edge) => {
    const [task, dependsOn] = [leaves.get(edge.task), leaves.get(edge.dependsOn)];
    if (task === undefined || dependsOn === undefined) return [];
    const [taskId, dependsOnId] = [place.taskIdOf(task), place.taskIdOf(dependsOn)];
    return known.has(`${taskId} ${dependsOnId}`) ? [] : [{ ...edge, task, dependsOn, taskId, dependsOnId }];
  });
  return edges.map(({ task, dependsOn, taskId, dependsOnId, kind, reason }, index) => ({
    id: `dependency-${index + 1}`,
    kind: 'add_dependency',
    title: `"${task.title}" after "${dependsOn.title}" (${kind})`,
    reason,
    requires: [task, dependsOn].map((part) => place.operationOf(part)).filter((id) => ids.has(id)),
    payload: { taskId, dependsOnId, dependencyKind: kind, why: reason },
  }));
}
