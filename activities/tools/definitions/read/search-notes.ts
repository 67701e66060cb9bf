import { z } from 'zod';
import { matchingIds } from '../../../../src/db/search.ts';
import { cut } from '../../../support/facts/limits.ts';
import { defineTool } from '../../tool.ts';

const excerptChars = 1_000;
// Notes that say some of the words, best first; those that say the text as it is are among them.
const mostCandidates = 1_000;

// In a LIKE pattern these characters mean more than themselves.
function literal(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

export const searchNotes = defineTool({
  name: 'search_notes',
  description: 'Finds notes whose title or content contains a text, in whole words, newest first.',
  access: 'read',
  policy: 'auto',
  reads: ['note'],
  parameters: z.strictObject({ text: z.string().trim().min(1).max(200), limit: z.int().min(1).max(50).default(10) }),
  run: async ({ tx, userId, scope: { projectId } }, { text, limit }) => {
    const pattern = literal(text);
    const ids = await matchingIds(tx, { userId, query: text, kind: 'note', projectId, limit: mostCandidates });
    if (ids.length === 0) return [];
    const rows = await tx
      .selectFrom('notes')
      .select(['id', 'title', 'content', 'project_id', 'updated_at'])
      .where('user_id', '=', userId)
      .where('id', 'in', ids)
      .where((where) => where.or([where('title', 'ilike', pattern), where('content', 'ilike', pattern)]))
      .orderBy('updated_at', 'desc')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ ...row, content: cut(row.content, excerptChars) }));
  },
});
