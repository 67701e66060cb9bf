import { sql } from 'kysely';
import type { Json, JsonObject } from '../../../contract/json.ts';
import { findUserContext } from '../../../db/records/user-context.ts';
import { exportTables } from '../../../schemas/export-document.ts';
import type { ExportTable } from '../../../schemas/export-document.ts';
import type { CallContext } from '../context.ts';
import type { Tx } from '../runs/find.ts';
import { requireScope } from '../scopes.ts';

const names = Object.keys(exportTables) as ExportTable[];

// Rows of a task that was deleted would come back to life.
const shown: Partial<Record<ExportTable | 'agentic_workflows', string>> = {
  tasks: 'where deleted_at is null',
  calendar_events: 'where deleted_at is null',
};

async function rowsOf(tx: Tx, table: ExportTable | 'agentic_workflows'): Promise<readonly Json[]> {
  const order = table === 'task_dependencies' ? 'task_id, depends_on_id' : 'id';
  const { rows } = await sql<
    Record<string, Json>
  >`select * from ${sql.table(table)} ${sql.raw(shown[table] ?? '')} order by ${sql.raw(order)}`.execute(tx);
  return rows.map(({ user_id: _owner, ...row }) => row);
}

/** Everything the caller owns as one document; all tables as of one moment. */
export async function exportAll(context: CallContext): Promise<JsonObject> {
  requireScope(context.caller, 'records');
  const { userId } = context.caller;
  return await context.database.asUser(userId, async (tx) => {
    const document: Record<string, Json> = {
      format: 'steward-export',
      version: 1,
      exportedAt: context.now().toISOString(),
    };
    const own = await findUserContext(tx, { userId });
    document['user_context'] = own === null ? null : (JSON.parse(JSON.stringify(own)) as Json);
    for (const name of names) document[name] = await rowsOf(tx, name);
    document['runs'] = await rowsOf(tx, 'agentic_workflows');
    return JSON.parse(JSON.stringify(document)) as JsonObject;
  });
}
