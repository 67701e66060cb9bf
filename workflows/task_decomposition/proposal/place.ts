import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import { readParts, readTarget } from '../outputs.ts';
import type { Part } from '../outputs.ts';
import { parentWithRoom } from '../target/tree.ts';

/** Where the subtasks of a proposal go, and under which ids. */
export type Place = {
  /** The task's id: its own, or the one it gets. */
  readonly taskId: string;
  readonly isNew: boolean;
  readonly projectId: string | null;
  readonly phaseId: string | null;
  taskIdOf(part: Part): string;
  parentOf(part: Part): string;
  operationOf(part: Part): string;
};

/** Reads where everything goes. Subtasks that would lie too deep go under the nearest task above that has room. */
export function readPlace(facts: FactSheet, tools: DraftTools): Place {
  const { task } = readTarget(facts);
  const { leaves, parents } = readParts(facts);
  const taskId = task?.id ?? tools.newId('task');
  const known = facts.workload?.tasks ?? [];
  const numbers = new Map(leaves.map(({ key }, index) => [key, index + 1]));
  const above = new Map(parents.map((parent) => [parent.key, parent.taskId]));
  return {
    taskId,
    isNew: task === null,
    projectId: task === null ? (facts.project?.id ?? null) : task.projectId,
    phaseId: task?.phaseId ?? null,
    taskIdOf: (part) => part.taskId ?? tools.newId(`part/${part.key}`),
    parentOf: (part) => parentWithRoom(known, above.get(part.under ?? '') ?? taskId),
    operationOf: (part) => `part-${numbers.get(part.key) ?? part.key}`,
  };
}
