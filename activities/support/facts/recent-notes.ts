import type { RecentNoteFacts } from '../../../src/contract/facts/source-facts.ts';
import { cut, factLimits } from './limits.ts';
import type { FactScope } from './scope.ts';

/** The person's notes of all projects and of none, last changed first. */
export async function recentNoteFacts({ tx, userId }: FactScope): Promise<readonly RecentNoteFacts[]> {
  const rows = await tx
    .selectFrom('notes')
    .select(['id', 'title', 'content', 'project_id', 'updated_at'])
    .where('user_id', '=', userId)
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .limit(factLimits.recentNotes)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    excerpt: cut(row.content, factLimits.excerptChars) ?? '',
    projectId: row.project_id,
    updatedAt: row.updated_at,
  }));
}
