import { z } from 'zod';
import { defineTool } from '../../tool.ts';

export const listProjects = defineTool({
  name: 'list_projects',
  description: 'Lists the projects of the person, newest first.',
  access: 'read',
  policy: 'auto',
  reads: ['project'],
  parameters: z.strictObject({
    status: z.enum(['active', 'completed', 'on_hold', 'cancelled']).optional(),
    limit: z.int().min(1).max(100).default(50),
  }),
  run: async ({ tx, userId, scope: { projectId } }, { status, limit }) => {
    const mine = tx
      .selectFrom('projects')
      .select(['id', 'name', 'description', 'status', 'start_date', 'end_date'])
      .where('user_id', '=', userId)
      .$if(projectId !== null, (of) => of.where('id', '=', projectId));
    const wanted = status === undefined ? mine : mine.where('status', '=', status);
    return await wanted.orderBy('created_at', 'desc').orderBy('id').limit(limit).execute();
  },
});
