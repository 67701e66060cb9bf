import { z } from 'zod';
import { taskStatuses } from '../../../../src/contract/operations/tasks.ts';
import { defineTool } from '../../tool.ts';
import { asOperation } from './as-operation.ts';

export const setTaskStatus = defineTool({
  name: 'set_task_status',
  description: 'Starts, completes, cancels or reopens a task. Nothing is ever deleted: to drop a task is to cancel it.',
  access: 'write',
  policy: 'confirm',
  reads: 'nothing',
  parameters: z.strictObject({
    taskId: z.uuid(),
    status: z.enum(taskStatuses),
    why: z.string().trim().min(1).max(1_000),
  }),
  run: async (context, payload) => await asOperation(context, { kind: 'set_task_status', payload }),
});
