import { z } from 'zod';
import { cut } from '../../../support/facts/limits.ts';
import { defineTool } from '../../tool.ts';

const excerptChars = 500;

export const listBrainDumps = defineTool({
  name: 'list_brain_dumps',
  description: 'Lists brain dumps, newest first, with their beginning. Read one whole with read_source.',
  access: 'read',
  policy: 'auto',
  reads: ['brain_dump'],
  parameters: z.strictObject({ limit: z.int().min(1).max(50).default(10) }),
  run: async ({ tx, userId, scope: { projectId } }, { limit }) => {
    const rows = await tx
      .selectFrom('brain_dumps')
      .select(['id', 'title', 'content', 'status', 'project_id', 'created_at'])
      .where('user_id', '=', userId)
      .$if(projectId !== null, (of) => of.where('project_id', '=', projectId))
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ ...row, content: cut(row.content, excerptChars) }));
  },
});
