import type { BrainDumpFacts } from '../../../src/contract/facts/source-facts.ts';
import { textOf } from './scope.ts';
import type { FactScope } from './scope.ts';

/** The brain dump that the run's input names, or null. */
export async function brainDumpFacts({ tx, userId, input }: FactScope): Promise<BrainDumpFacts | null> {
  const id = textOf(input, 'brainDumpId');
  if (id === null) return null;
  const row = await tx
    .selectFrom('brain_dumps')
    .select(['id', 'title', 'content', 'project_id', 'status'])
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { id: row.id, title: row.title, content: row.content ?? '', projectId: row.project_id, status: row.status };
}
