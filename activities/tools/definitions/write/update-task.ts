import { z } from 'zod';
import { priorities } from '../../../../src/contract/proposal.ts';
import { defineTool } from '../../tool.ts';
import { asOperation } from './as-operation.ts';

const changes = z
  .strictObject({
    title: z.string().trim().min(1).max(300).exactOptional(),
    description: z.string().max(20_000).nullable().exactOptional(),
    taskSteps: z.string().max(20_000).nullable().exactOptional(),
    priority: z.enum(priorities).exactOptional(),
    durationMinutes: z.int().min(1).max(100_000).nullable().exactOptional(),
    startDate: z.iso.datetime({ offset: true }).nullable().exactOptional(),
    deadline: z.iso.datetime({ offset: true }).nullable().exactOptional(),
  })
  .refine((fields) => Object.keys(fields).length > 0, { message: 'name at least one field to change' });

export const updateTask = defineTool({
  name: 'update_task',
  description: 'Changes fields of a task; fields left out stay as they are.',
  access: 'write',
  policy: 'confirm',
  reads: 'nothing',
  parameters: z.strictObject({ taskId: z.uuid(), changes }),
  run: async (context, { taskId, changes: fields }) =>
    await asOperation(context, { kind: 'update_task', payload: { taskId, changes: fields, phaseId: null, order: 0 } }),
});
