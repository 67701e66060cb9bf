import { sql } from 'kysely';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import { fieldOf, isObject, rowJson } from '../../support/json-value.ts';
import type { OperationContext } from './executor.ts';
import { jsonText } from '../../../src/db/values.ts';

/** Tables of which operations take whole rows out and put them back. */
export type RowTable =
  'phases' | 'phase_tasks' | 'task_dependencies' | 'brain_dump_links' | 'task_event_links' | 'daily_briefs';
type Rows = { readonly table: RowTable; readonly columns: readonly string[]; readonly ids: readonly string[] };

function among({ columns, ids }: Rows) {
  const any = columns.map((column) => sql`${sql.ref(column)}::text in (${sql.join(ids)})`);
  return sql<boolean>`(${sql.join(any, sql` or `)})`;
}

/** Whole rows of the person one of whose columns is one of the ids, locked until the transaction ends. */
export async function selectRows(context: OperationContext, rows: Rows): Promise<readonly JsonObject[]> {
  if (rows.ids.length === 0) return [];
  const found = await sql<object>`
    select * from ${sql.table(rows.table)} where user_id = ${context.userId}::uuid and ${among(rows)} for update`.execute(
    context.tx,
  );
  return found.rows.map(rowJson);
}

/** Takes rows out and returns them as they were. */
export async function deleteRows(context: OperationContext, rows: Rows): Promise<readonly JsonObject[]> {
  if (rows.ids.length === 0) return [];
  const gone = await sql<object>`
    delete from ${sql.table(rows.table)} where user_id = ${context.userId}::uuid and ${among(rows)} returning *`.execute(
    context.tx,
  );
  return gone.rows.map(rowJson);
}

/** Puts whole rows in: as they were, down to their ids and times. */
export async function insertRows(
  { tx, userId }: OperationContext,
  { table, rows }: { readonly table: RowTable; readonly rows: readonly JsonObject[] },
): Promise<void> {
  if (rows.length === 0) return;
  const own = jsonText(rows.map((row) => ({ ...row, user_id: userId })));
  await sql`
    insert into ${sql.table(table)}
    select * from jsonb_populate_recordset(null::${sql.table(table)}, ${own}::jsonb)`.execute(tx);
}

/** The rows under a key of a JSON value, none when it is no list of objects. */
export function rowsAt(value: Json, key: string): readonly JsonObject[] {
  const list = fieldOf(value, key);
  return Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
}
