import { sql } from 'kysely';
import type { Json } from '../../../../src/contract/json.ts';
import type { World } from '../harness.ts';

const tables = [
  'projects',
  'phases',
  'tasks',
  'task_dependencies',
  'phase_tasks',
  'notes',
  'brain_dumps',
  'brain_dump_links',
  'user_context',
  'task_event_links',
  'daily_briefs',
  'calendar_events',
] as const;

/** Every row of the person's records, sorted, without when it was last touched: what an undo must bring back. */
export async function recordState({ database, userId }: World): Promise<Readonly<Record<string, Json>>> {
  return await database.asService(async (tx) => {
    const state: Record<string, Json> = {};
    for (const table of tables) {
      const { rows } = await sql<{ row: Json }>`
        select to_jsonb(t) - 'updated_at' as row from ${sql.table(table)} t where user_id = ${userId}::uuid
        order by (to_jsonb(t) - 'updated_at')::text`.execute(tx);
      state[table] = rows.map(({ row }) => row);
    }
    return state;
  });
}
