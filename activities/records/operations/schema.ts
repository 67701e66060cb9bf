import { z } from 'zod';
import { priorities } from '../../../src/contract/proposal.ts';
import type { Operation } from '../../../src/contract/proposal.ts';
import type { OperationOf } from './executor.ts';
import { StewardError } from '../../../src/contract/errors.ts';

/** Operations as they lie in a JSON column, checked when they are read back. */
const base = { id: z.string().min(1), title: z.string(), reason: z.string(), requires: z.array(z.string()) };

const taskFields = {
  title: z.string().trim().min(1),
  description: z.string().nullable(),
  taskSteps: z.string().nullable(),
  priority: z.enum(priorities),
  durationMinutes: z.int().positive().nullable(),
  startDate: z.string().nullable(),
  deadline: z.string().nullable(),
};

const createProject = z.object({
  ...base,
  kind: z.literal('create_project'),
  payload: z.object({
    projectId: z.uuid(),
    name: z.string().trim().min(1),
    description: z.string().nullable(),
    executiveSummary: z.string().nullable(),
    context: z.string().nullable(),
    startDate: z.string().nullable(),
    endDate: z.string().nullable(),
  }),
});

const updateProject = z.object({
  ...base,
  kind: z.literal('update_project'),
  payload: z.object({
    projectId: z.uuid(),
    changes: z.object({
      description: z.string().nullable().exactOptional(),
      executiveSummary: z.string().nullable().exactOptional(),
      startDate: z.string().nullable().exactOptional(),
      endDate: z.string().nullable().exactOptional(),
    }),
  }),
});

const createPhase = z.object({
  ...base,
  kind: z.literal('create_phase'),
  payload: z.object({
    phaseId: z.uuid(),
    projectId: z.uuid(),
    name: z.string().trim().min(1),
    description: z.string().nullable(),
    order: z.int(),
    startDate: z.string(),
    endDate: z.string(),
  }),
});

const createTask = z.object({
  ...base,
  kind: z.literal('create_task'),
  payload: z.object({
    ...taskFields,
    taskId: z.uuid(),
    projectId: z.uuid().nullable(),
    phaseId: z.uuid().nullable(),
    order: z.int(),
    parentTaskId: z.uuid().nullable(),
    assignmentReason: z.string().nullable(),
  }),
});

const taskChanges = z.object({
  title: taskFields.title.exactOptional(),
  description: taskFields.description.exactOptional(),
  taskSteps: taskFields.taskSteps.exactOptional(),
  priority: taskFields.priority.exactOptional(),
  durationMinutes: taskFields.durationMinutes.exactOptional(),
  startDate: taskFields.startDate.exactOptional(),
  deadline: taskFields.deadline.exactOptional(),
});

const updateTask = z.object({
  ...base,
  kind: z.literal('update_task'),
  payload: z.object({
    taskId: z.uuid(),
    changes: taskChanges,
    phaseId: z.uuid().nullable(),
    order: z.int(),
  }),
});

const addDependency = z.object({
  ...base,
  kind: z.literal('add_dependency'),
  payload: z.object({
    taskId: z.uuid(),
    dependsOnId: z.uuid(),
    dependencyKind: z.enum(['hard', 'soft']),
    why: z.string(),
  }),
});

const scheduleEvent = z.object({
  ...base,
  kind: z.literal('schedule_event'),
  payload: z.object({
    eventId: z.uuid(),
    taskId: z.uuid(),
    title: z.string(),
    start: z.iso.datetime({ offset: true }),
    end: z.iso.datetime({ offset: true }),
    timeZone: z.string().min(1),
  }),
});

const operationSchema: z.ZodType<Operation> = z.discriminatedUnion('kind', [
  createProject,
  updateProject,
  createPhase,
  createTask,
  updateTask,
  addDependency,
  scheduleEvent,
]);

/** Reads the changes of a task from JSON. Throws a `ZodError`. */
export function readTaskChanges(value: unknown): OperationOf<'update_task'>['payload']['changes'] {
  return taskChanges.parse(value);
}

/** Reads an operation from JSON. Throws `internal`: only our own drafts are stored, so a misfit is our fault. */
export function readOperation(value: unknown): Operation {
  const parsed = operationSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new StewardError('internal', `An operation of the proposal can't be read: ${z.prettifyError(parsed.error)}`);
}
