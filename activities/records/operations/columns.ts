import { sql } from 'kysely';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import type { Tables } from '../../../src/db/tables.ts';
import { instantOf, rowJson } from '../../support/json-value.ts';
import type { OperationContext } from './executor.ts';
import { jsonText } from '../../../src/db/values.ts';

/** Tables whose fields operations change. `user_context` has one row a person and needs no id. */
export type FieldTable = 'projects' | 'phases' | 'tasks' | 'notes' | 'brain_dumps' | 'user_context';
/** Names of the fields in payloads, each with its column. */
export type ColumnNames<T extends FieldTable> = Readonly<Record<string, keyof Tables[T] & string>>;
type RowRef<T extends FieldTable> = { readonly table: T; readonly id: string };

const instantColumns: ReadonlySet<string> = new Set(['start_date', 'end_date', 'deadline', 'completed_at']);

/** Changes by their columns, instants as they are read back. Throws `invalid_input` for what is no instant. */
export function columnValues<T extends FieldTable>(names: ColumnNames<T>, changes: object): JsonObject {
  const given = rowJson(changes);
  return Object.fromEntries(
    Object.entries(names)
      .filter(([field]) => field in given)
      .map(([field, column]): [string, Json] => {
        const value = given[field] ?? null;
        return [
          column,
          instantColumns.has(column) && typeof value === 'string' ? instantOf(value).toISOString() : value,
        ];
      }),
  );
}

function isRow<T extends FieldTable>({ userId }: OperationContext, { table, id }: RowRef<T>) {
  const mine = sql<boolean>`${sql.ref(`${table}.user_id`)} = ${userId}::uuid`;
  if (table === 'user_context') return mine;
  const alive = table === 'tasks' ? sql`and tasks.deleted_at is null` : sql``;
  return sql<boolean>`${mine} and ${sql.ref(`${table}.id`)} = ${id}::uuid ${alive}`;
}

/** The columns of a row that is there, locked until the transaction ends; null when it is gone. */
export async function readColumns<T extends FieldTable>(
  context: OperationContext,
  row: RowRef<T> & { readonly columns: readonly string[] },
): Promise<JsonObject | null> {
  const columns = sql.join([sql.ref('user_id'), ...row.columns.map((column) => sql.ref(column))]);
  const { rows } = await sql<object>`
    select ${columns} from ${sql.table(row.table)} where ${isRow(context, row)} for update`.execute(context.tx);
  const [found] = rows;
  if (found === undefined) return null;
  const { user_id: _owner, ...fields } = rowJson(found);
  return fields;
}

/**
 * Writes columns from JSON. The database reads them as the types of the table, so that what was read before is written
 * back the same way, whatever it is.
 */
export async function writeColumns<T extends FieldTable>(
  context: OperationContext,
  row: RowRef<T> & { readonly values: JsonObject },
): Promise<void> {
  const columns = Object.keys(row.values);
  if (columns.length === 0) return;
  const table = sql.table(row.table);
  const assignments = columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(`given.${column}`)}`);
  await sql`
    update ${table} set ${sql.join(assignments)}
    from jsonb_populate_record(null::${table}, ${jsonText(row.values)}::jsonb) as given
    where ${isRow(context, row)}`.execute(context.tx);
}
