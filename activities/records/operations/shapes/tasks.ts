import { z } from 'zod';
import { priorities } from '../../../../src/contract/operations/base.ts';
import { eventRoles, plannedTaskSources, taskStatuses, taskTypes } from '../../../../src/contract/operations/tasks.ts';
import { base, nullableText, requiredText } from './base.ts';

const taskFields = {
  title: requiredText,
  description: nullableText,
  taskSteps: nullableText,
  priority: z.enum(priorities),
  durationMinutes: z.int().positive().nullable(),
  startDate: nullableText,
  deadline: nullableText,
};

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
    assignmentReason: nullableText,
    source: z.enum(plannedTaskSources).exactOptional(),
    taskType: z.enum(taskTypes).exactOptional(),
    recurrencePattern: nullableText.exactOptional(),
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

const setTaskStatus = z.object({
  ...base,
  kind: z.literal('set_task_status'),
  payload: z.object({ taskId: z.uuid(), status: z.enum(taskStatuses), why: z.string() }),
});

const moveTask = z.object({
  ...base,
  kind: z.literal('move_task'),
  payload: z.object({
    taskId: z.uuid(),
    projectId: z.uuid().nullable(),
    phaseId: z.uuid().nullable(),
    order: z.int(),
    parentTaskId: z.uuid().nullable().exactOptional(),
  }),
});

const mergeTasks = z.object({
  ...base,
  kind: z.literal('merge_tasks'),
  payload: z
    .object({ keepId: z.uuid(), mergedIds: z.array(z.uuid()).min(1), changes: taskChanges })
    .refine(({ keepId, mergedIds }) => new Set([keepId, ...mergedIds]).size === mergedIds.length + 1, {
      path: ['mergedIds'],
      error: 'names a task twice, or the one that is kept',
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

const removeDependency = z.object({
  ...base,
  kind: z.literal('remove_dependency'),
  payload: z.object({ taskId: z.uuid(), dependsOnId: z.uuid(), why: z.string() }),
});

const linkEvent = z.object({
  ...base,
  kind: z.literal('link_event'),
  payload: z.object({
    eventUid: z.string().min(1),
    recurrenceId: z.string().min(1).nullable(),
    taskId: z.uuid(),
    role: z.enum(eventRoles),
  }),
});

export const taskShapes = [
  createTask,
  updateTask,
  setTaskStatus,
  moveTask,
  mergeTasks,
  addDependency,
  removeDependency,
  linkEvent,
] as const;
