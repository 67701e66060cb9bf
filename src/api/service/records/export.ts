import { sql } from 'kysely';
import type { Json, JsonObject } from '../../../contract/json.ts';
import { findUserContext } from '../../../db/records/user-context.ts';
import { exportTables } from '../../../schemas/export-document.ts';
import type { ExportTable } from '../../../schemas/export-document.ts';
import type { CallContext } from '../context.ts';
import type { Tx } from '../runs/find.ts';
import { requireScope } from '../scopes.ts';

// For reading: neither comes back with the document.
type Shown = ExportTable | 'agentic_workflows' | 'files';

const names = Object.keys(exportTables) as ExportTable[];

// Rows of a task that was deleted would come back to life.
const shown: Partial<Record<Shown, string>> = {
  tasks: 'where deleted_at is null',
  calendar_events: 'where deleted_at is null',
};

// What was read out of a file is as long as the file, and can be read out of it again.
const columns: Partial<Record<Shown, string>> = {
  files: 'id, name, mime_type, size_bytes, sha256, project_id, task_id, created_at',
};

async function rowsOf(tx: Tx, table: Shown): Promise<readonly Json[]> {
  const order = table === 'task_dependencies' ? 'task_id, depends_on_id' : 'id';
  const { rows } = await sql<
    Record<string, Json>
  >`select ${sql.raw(columns[table] ?? '*')} from ${sql.table(table)} ${sql.raw(shown[table] ?? '')} order by ${sql.raw(order)}`.execute(
    tx,
  );
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
    document['files'] = await rowsOf(tx, 'files');
    return JSON.parse(JSON.stringify(document)) as JsonObject;
  });
}
