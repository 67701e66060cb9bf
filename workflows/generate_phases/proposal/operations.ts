import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { CreatePhase, CreateTask, DeletePhase, MoveTask, UpdatePhase } from '../../../src/contract/proposal.ts';
import { readProject } from '../outputs.ts';
import type { Span } from './dates.ts';
import type { LaidPhase, Layout } from './layout.ts';

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** Makes a phase, or brings the one of the same name up to date. */
export function phaseOperation(facts: FactSheet, phase: LaidPhase, span: Span): CreatePhase | UpdatePhase {
  const { plan, existing, operationId: id, order, phaseId } = phase;
  const base = { id, reason: plan.goal === '' ? plan.description : plan.goal, requires: [] };
  const dates = { startDate: iso(span.startMs), endDate: iso(span.endMs) };
  if (existing !== null) {
    const changes = { order, ...dates, ...(plan.description === '' ? {} : { description: plan.description }) };
    return { ...base, kind: 'update_phase', title: `Keep phase "${existing.name}"`, payload: { phaseId, changes } };
  }
  const { projectId } = readProject(facts);
  const payload = { phaseId, projectId, name: plan.name, description: plan.description, order, ...dates };
  return { ...base, kind: 'create_phase', title: `Add phase "${plan.name}"`, payload };
}

/** Puts tasks into their phases; what is in the right one stays. */
export function placeOperations(facts: FactSheet, { phases }: Layout): readonly MoveTask[] {
  const { projectId } = readProject(facts);
  const moves = phases.flatMap((phase) =>
    phase.tasks.map(({ task, reason }, index) => ({ phase, task, reason, order: index + 1 })),
  );
  return moves
    .filter(({ phase, task }) => task.phaseId !== phase.phaseId)
    .map(({ phase, task, reason, order }, index) => ({
      id: `place-${index + 1}`,
      kind: 'move_task',
      title: `Put "${task.title}" into "${phase.plan.name}"`,
      reason,
      requires: [phase.operationId],
      payload: { taskId: task.id, projectId, phaseId: phase.phaseId, order },
    }));
}

/** Tasks that are missing, behind those that are there. */
export function suggestOperations(facts: FactSheet, { phases }: Layout, tools: DraftTools): readonly CreateTask[] {
  const { projectId } = readProject(facts);
  const wanted = phases.flatMap((phase) =>
    phase.suggested.map((task, index) => ({ phase, task, order: phase.tasks.length + index + 1 })),
  );
  return wanted.map(({ phase, task, order }, index) => ({
    id: `task-${index + 1}`,
    kind: 'create_task',
    title: `Add task "${task.title}" to "${phase.plan.name}"`,
    reason: task.reason,
    requires: [phase.operationId],
    payload: {
      taskId: tools.newId(`task/${phase.key}/${task.title}`),
      title: task.title,
      description: task.description === '' ? null : task.description,
      taskSteps: task.steps.length === 0 ? null : task.steps.map((step) => `- ${step}`).join('\n'),
      priority: task.priority,
      durationMinutes: task.minutes,
      startDate: null,
      deadline: null,
      projectId,
      phaseId: phase.phaseId,
      order,
      parentTaskId: null,
      assignmentReason: task.reason,
    },
  }));
}

/** Removes phases that this proposal empties, once everything in them has gone. */
export function deleteOperations(
  facts: FactSheet,
  { others }: Layout,
  moves: readonly MoveTask[],
): readonly DeletePhase[] {
  if (facts.options['replace'] !== true) return [];
  const { tasks } = readProject(facts);
  const emptied = others.filter((phase) => phase.staying === 0);
  return emptied.map((phase, index) => {
    const inside = new Set(tasks.filter((task) => task.phaseId === phase.id).map((task) => task.id));
    return {
      id: `remove-${index + 1}`,
      kind: 'delete_phase',
      title: `Remove phase "${phase.name}"`,
      reason: inside.size === 0 ? 'No task is in it.' : 'All of its tasks go to other phases.',
      requires: moves.filter(({ payload }) => inside.has(payload.taskId)).map((move) => move.id),
      payload: { phaseId: phase.id },
    };
  });
}
