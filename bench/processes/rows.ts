import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';

export type OpenApproval = { readonly runId: string; readonly requestId: string };
export type RowCounts = Readonly<Record<string, number>>;

/** One user a run, so that no run is answered from another's cache or works around another's calendar. */
export async function makeUsers(database: Database, count: number): Promise<readonly string[]> {
  const users = Array.from({ length: count }, () => ({ id: randomUUID(), name: 'Bench', timezone: 'UTC' }));
  await database.asService(async (tx) => await tx.insertInto('users').values(users).execute());
  return users.map((user) => user.id);
}

export async function openApprovals(database: Database): Promise<readonly OpenApproval[]> {
  const rows = await database.asService(
    async (tx) => await tx.selectFrom('run_requests').select(['id', 'run_id']).where('status', '=', 'open').execute(),
  );
  return rows.map((row) => ({ runId: row.run_id, requestId: row.id }));
}

export type Ended = { readonly completed: number; readonly failed: number };

/** How many runs have ended, well or not. */
export async function countEnded(database: Database): Promise<Ended> {
  const query = sql<Ended>`
    select count(*) filter (where status = 'completed')::int as completed,
      count(*) filter (where status in ('failed', 'cancelled'))::int as failed
    from agentic_workflows`;
  const { rows } = await database.asService(async (tx) => await query.execute(tx));
  return rows[0] ?? { completed: 0, failed: 0 };
}

// Rows of a run that anybody would miss, or see twice.
const counted = {
  completed_runs: sql`select count(*) from agentic_workflows where status = 'completed'`,
  completed_steps: sql`select count(*) from agentic_workflow_steps where status = 'completed'`,
  model_attempts: sql`select count(*) from llm_usage_logs where status = 'success'`,
  answered_requests: sql`select count(*) from run_requests where status = 'answered'`,
  applied_proposals: sql`select count(*) from proposals where status = 'applied'`,
  applied_operations: sql`select count(*) from proposal_operations where status = 'applied'`,
  projects: sql`select count(*) from projects`,
  phases: sql`select count(*) from phases`,
  tasks: sql`select count(*) from tasks`,
  dependencies: sql`select count(*) from task_dependencies`,
  calendar_events: sql`select count(*) from calendar_events`,
  files: sql`select count(*) from artifacts`,
  notifications: sql`select count(*) from notification_deliveries`,
};

export async function countRows(database: Database): Promise<RowCounts> {
  return await database.asService(async (tx) => {
    const counts: Record<string, number> = {};
    for (const [name, query] of Object.entries(counted)) {
      const { rows } = await sql<{ count: string }>`select (${query}) as count`.execute(tx);
      counts[name] = Number(rows[0]?.count);
    }
    return counts;
  });
}
