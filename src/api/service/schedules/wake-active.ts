import type { Database } from '../../../db/database.ts';
import { wake } from './find.ts';

/** Has the workflows of all active schedules looked after, and started where Temporal lost them. Returns how many. */
export async function wakeActive(database: Pick<Database, 'asService'>): Promise<number> {
  return await database.asService(async (tx) => {
    const rows = await tx
      .selectFrom('run_schedules')
      .select(['id', 'user_id'])
      .where('status', '=', 'active')
      .execute();
    for (const row of rows) await wake(tx, row);
    return rows.length;
  });
}
