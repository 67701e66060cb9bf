import type { DraftTools, FactSheet } from '../../src/contract/facts.ts';
import { readTasks } from './outputs.ts';

/** Operation ids that people can type: `phase-2`, `task-14`. Numbered in the plan's order. */
export function operationIds(facts: FactSheet): { phase(key: string): string; task(key: string): string } {
  const phases = readTasks(facts);
  const phaseNumbers = new Map(phases.map((phase, index) => [phase.key, index + 1]));
  const taskNumbers = new Map(phases.flatMap((phase) => phase.tasks).map((task, index) => [task.key, index + 1]));
  return {
    phase: (key) => `phase-${phaseNumbers.get(key) ?? key}`,
    task: (key) => `task-${taskNumbers.get(key) ?? key}`,
  };
}

/** The record id of a planned task: the existing task's, or one derived from its key. */
export function taskIdOf(facts: FactSheet, key: string, tools: DraftTools): string {
  const task = readTasks(facts)
    .flatMap((phase) => phase.tasks)
    .find((each) => each.key === key);
  return task?.existingTaskId ?? tools.newId(`task/${key}`);
}
