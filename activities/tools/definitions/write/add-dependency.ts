import { z } from 'zod';
import { defineTool } from '../../tool.ts';
import { asOperation } from './as-operation.ts';

export const addDependency = defineTool({
  name: 'add_dependency',
  description: 'Says that a task can only (hard) or should better (soft) begin once another one is done.',
  access: 'write',
  policy: 'confirm',
  reads: 'nothing',
  parameters: z.strictObject({
    taskId: z.uuid(),
    dependsOnId: z.uuid(),
    dependencyKind: z.enum(['hard', 'soft']).default('hard'),
    why: z.string().trim().min(1).max(1_000),
  }),
  run: async (context, payload) => await asOperation(context, { kind: 'add_dependency', payload }),
});
