import type { JsonObject } from '../../../src/contract/json.ts';
import { rowJson } from '../../../activities/support/json-value.ts';
import type { World } from './harness.ts';

/** How many rows of each kind the world's person has. */
export async function countRows({ database, userId }: World): Promise<Readonly<Record<string, number>>> {
  return await database.asService(async (tx) => {
    const counts: Record<string, number> = {};
    const tables = {
      projects: 'projects',
      phases: 'phases',
      tasks: 'tasks',
      dependencies: 'task_dependencies',
      placements: 'phase_tasks',
    } as const;
    for (const [name, table] of Object.entries(tables)) {
      counts[name] = (await tx.selectFrom(table).select('user_id').where('user_id', '=', userId).execute()).length;
    }
    const events = await tx
      .selectFrom('calendar_events')
      .select('id')
      .where('user_id', '=', userId)
      .where('deleted_at', 'is', null)
      .execute();
    counts['events'] = events.length;
    return counts;
  });
}

/** The row with the id, whatever it is. */
export async function readRow(
  { database }: World,
  table: 'tasks' | 'proposals' | 'run_requests' | 'agentic_workflows',
  id: string,
): Promise<JsonObject> {
  const row = await database.asService((tx) =>
    tx.selectFrom(table).selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  );
  return rowJson(row);
}

/** Statuses of a proposal's operations, in order. */
export async function operationStatuses({ database }: World, proposalId: string): Promise<readonly string[]> {
  const rows = await database.asService((tx) =>
    tx
      .selectFrom('proposal_operations')
      .select('status')
      .where('proposal_id', '=', proposalId)
      .orderBy('position')
      .execute(),
  );
  return rows.map((row) => row.status);
}

/** Types of the run's events, in order. */
export async function eventTypes({ database, run }: World): Promise<readonly string[]> {
  const rows = await database.asService((tx) =>
    tx.selectFrom('run_events').select(['seq', 'type']).where('run_id', '=', run.runId).orderBy('seq').execute(),
  );
  return rows.map((row) => row.type);
}
