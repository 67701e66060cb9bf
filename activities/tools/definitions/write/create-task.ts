import { z } from 'zod';
import { priorities } from '../../../../src/contract/proposal.ts';
import { derivedId } from '../../../support/digest.ts';
import { defineTool } from '../../tool.ts';

export const createTask = defineTool({
  name: 'create_task',
  description: 'Adds a task, in a project or on its own.',
  access: 'write',
  policy: 'confirm',
  reads: 'nothing',
  parameters: z.strictObject({
    title: z.string().trim().min(1).max(300),
    description: z.string().max(20_000).optional(),
    projectId: z.uuid().optional(),
    priority: z.enum(priorities).default('medium'),
    durationMinutes: z.int().min(1).max(100_000).optional(),
    deadline: z.iso.datetime({ offset: true }).optional(),
  }),
  run: async ({ tx, userId, runId, key }, args) => {
    const id = derivedId(`task:${key}`);
    await tx
      .insertInto('tasks')
      .values({
        id,
        user_id: userId,
        project_id: args.projectId ?? null,
        title: args.title,
        description: args.description ?? null,
        priority: args.priority,
        duration_minutes: args.durationMinutes ?? null,
        deadline: args.deadline ?? null,
        source: 'ai_generated',
        source_run_id: runId,
      })
      .execute();
    return { taskId: id };
  },
});
