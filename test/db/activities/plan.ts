import { randomUUID } from 'node:crypto';
import type { ApplyParams, Proposed } from '../../../activities/records/api.ts';
import type {
  AddDependency,
  CreatePhase,
  CreateProject,
  CreateTask,
  Operation,
  ScheduleEvent,
} from '../../../src/contract/proposal.ts';
import { applyStep, change, step } from './harness.ts';
import type { World } from './harness.ts';

/** A small plan: a project with a phase, two tasks in order, and a calendar block. Ids are new each time. */
export type Plan = {
  readonly project: CreateProject;
  readonly phase: CreatePhase;
  readonly first: CreateTask;
  readonly second: CreateTask;
  readonly edge: AddDependency;
  readonly event: ScheduleEvent;
  readonly all: readonly Operation[];
};

function task(
  id: string,
  of: { readonly projectId: string; readonly phaseId: string; readonly order: number },
): CreateTask {
  return {
    id,
    kind: 'create_task',
    title: `Add ${id}`,
    reason: 'It is needed.',
    requires: ['phase-1'],
    payload: {
      ...of,
      taskId: randomUUID(),
      parentTaskId: null,
      assignmentReason: 'First things first.',
      title: `Do ${id}`,
      description: null,
      taskSteps: '- one\n- two',
      priority: 'high',
      durationMinutes: 60,
      startDate: '2026-03-03T09:00:00.000Z',
      deadline: '2026-03-10',
    },
  };
}

export function newPlan(): Plan {
  const projectId = randomUUID();
  const phaseId = randomUUID();
  const base = { reason: 'Because.', requires: [] };
  const dates = { startDate: '2026-03-02T00:00:00.000Z', endDate: '2026-04-01T00:00:00.000Z' };
  const projectFields = { projectId, name: 'Garden', description: null, executiveSummary: 'Grow.', context: null };
  const project: CreateProject = {
    ...base,
    id: 'project',
    kind: 'create_project',
    title: 'Create project',
    payload: { ...projectFields, ...dates },
  };
  const phaseFields = { phaseId, projectId, name: 'Digging', description: null, order: 1 };
  const phase: CreatePhase = {
    ...base,
    id: 'phase-1',
    kind: 'create_phase',
    title: 'Add phase',
    requires: ['project'],
    payload: { ...phaseFields, ...dates },
  };
  const first = task('task-1', { projectId, phaseId, order: 1 });
  const second = task('task-2', { projectId, phaseId, order: 2 });
  const edge: AddDependency = {
    ...base,
    id: 'dependency-1',
    kind: 'add_dependency',
    title: 'task-2 after task-1',
    requires: ['task-1', 'task-2'],
    payload: {
      taskId: second.payload.taskId,
      dependsOnId: first.payload.taskId,
      dependencyKind: 'hard',
      why: 'Order.',
    },
  };
  const times = { start: '2026-03-03T09:00:00.000Z', end: '2026-03-03T10:00:00.000Z', timeZone: 'UTC' };
  const event: ScheduleEvent = {
    ...base,
    id: 'event-1',
    kind: 'schedule_event',
    title: 'Tue 3 Mar',
    requires: ['task-1'],
    payload: { eventId: randomUUID(), taskId: first.payload.taskId, title: 'Do task-1', ...times },
  };
  return { project, phase, first, second, edge, event, all: [project, phase, first, second, edge, event] };
}

export function allIds(operations: readonly Operation[]): readonly string[] {
  return operations.map((operation) => operation.id);
}

/** Proposes the world's draft. */
export async function propose(world: World): Promise<Proposed> {
  return await world.as(1).propose({ run: world.run, step: step(5), draft: 'plan', params: {}, changes: [] });
}

/** Opens the approval of a proposal as the workflow does. */
export async function askApproval(world: World, proposed: Proposed): Promise<string> {
  const { proposalId, digest, title, summary } = proposed;
  const requestId = world.run.runId;
  const asked = { requestId, kind: 'approval', title, body: summary, questions: [], proposalId, digest } as const;
  const request = { ...asked, deadline: null, remindAt: null, onDeadline: 'fail' as const };
  await world.as(1).project({ run: world.run, changes: [change(6, { type: 'request.opened', request })] });
  return requestId;
}

/** What the workflow asks for once a person accepted these operations. */
export function approval(world: World, proposed: Proposed, accepted: readonly string[]): ApplyParams {
  const { proposalId, digest } = proposed;
  return { run: world.run, step: applyStep, proposalId, digest, accepted, changes: [] };
}
