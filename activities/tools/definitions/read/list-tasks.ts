import { z } from 'zod';
import { projectWithin } from '../../scope.ts';
import { defineTool } from '../../tool.ts';

const columns = [
  'id',
  'title',
  'description',
  'status',
  'priority',
  'duration_minutes',
  'start_date',
  'deadline',
  'project_id',
  'dependencies',
] as const;

export const listTasks = defineTool({
  name: 'list_tasks',
  description: 'Lists tasks of the person: open ones unless a status is given, of one project if given.',
  access: 'read',
  policy: 'auto',
  reads: ['task'],
  parameters: z.strictObject({
    projectId: z.uuid().optional(),
    status: z.enum(['pending', 'in_progress', 'completed', 'cancelled']).optional(),
    limit: z.int().min(1).max(200).default(100),
  }),
  run: async ({ tx, userId, scope }, { projectId: asked, status, limit }) => {
    const projectId = projectWithin(scope, asked);
    const mine = tx
      .selectFrom('tasks')
      .select(columns)
      .where('user_id', '=', userId)
      .where('deleted_at', 'is', null)
      .where('status', 'in', status === undefined ? ['pending', 'in_progress'] : [status]);
    const wanted = projectId === null ? mine : mine.where('project_id', '=', projectId);
    return await wanted.orderBy('created_at').orderBy('id').limit(limit).execute();
  },
});
