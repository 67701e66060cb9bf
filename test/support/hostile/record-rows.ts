import { sql } from 'kysely';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import type { OperationView } from '../../../src/contract/views.ts';
import type { OpenedDatabase } from '../../../src/db/database.ts';

/** Rows of all tables that hold what is the person's, by table and key. */
export type Rows = ReadonlyMap<string, JsonObject>;
export type RowChange = { readonly key: string; readonly before: JsonObject | null; readonly after: JsonObject | null };

/** Tables of runs and of the service. All others, those to come too, are the person's until they are named here. */
const ofRuns = new Set([
  'agentic_workflow_steps',
  'agentic_workflows',
  'api_tokens',
  'artifacts',
  'effects',
  'idempotency_keys',
  'llm_usage_logs',
  'model_answers',
  'notification_deliveries',
  'notification_events',
  'outbox',
  'proposal_operations',
  'proposals',
  'run_context',
  'run_events',
  'run_requests',
  'run_schedules',
  'search_parts',
  'steward_migrations',
  'steward_migration_lock',
  'transcripts',
]);

type Table = { readonly name: string; readonly key: readonly string[] };

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value.trim() : JSON.stringify(value ?? null);
}

/** Every row of every table that is the person's, as the database has it. */
export async function recordRows({ asService }: Pick<OpenedDatabase, 'asService'>): Promise<Rows> {
  return await asService(async (tx) => {
    const { rows: tables } = await sql<Table>`
      select c.relname as name, json_agg(a.attname order by a.attnum) as key
      from pg_index i join pg_class c on c.oid = i.indrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
      where i.indisprimary and c.relnamespace = 'public'::regnamespace group by 1 order by 1`.execute(tx);
    const all = new Map<string, JsonObject>();
    for (const { name, key } of tables.filter((table) => !ofRuns.has(table.name))) {
      const { rows } = await sql<{ row: JsonObject }>`select to_jsonb(t) as row from ${sql.table(name)} t`.execute(tx);
      for (const { row } of rows) all.set(`${name}/${key.map((column) => textOf(row[column])).join('/')}`, row);
    }
    return all;
  });
}

/** What is new, gone or different. */
export function changesOf(before: Rows, after: Rows): readonly RowChange[] {
  const same = (key: string): boolean => JSON.stringify(before.get(key)) === JSON.stringify(after.get(key));
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => !same(key))
    .map((key) => ({ key, before: before.get(key) ?? null, after: after.get(key) ?? null }));
}

/** A value as it is compared: an instant is one however it is written. */
function comparable(value: Json): string {
  const text = textOf(value);
  const ms = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? text : `at ${String(ms)}`;
}

function leaves(value: Json): readonly string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(leaves);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves);
  return value === null || value === '' || value === false ? [] : [comparable(value)];
}

// Set by the database or by what applies, whatever a proposal says: keys, times, versions, and where a row comes from.
const kept = new Set([
  'id',
  'user_id',
  'created_at',
  'updated_at',
  'completed_at',
  'source',
  'source_run_id',
  'run_id',
]);
const defaults: Readonly<Record<string, readonly string[]>> = {
  status: ['pending', 'active', 'confirmed'],
  task_type: ['task'],
  transparency: ['opaque'],
  scheduling_method: ['ai_generated'],
};

export type FieldChanged = { readonly field: string; readonly shown: Json; readonly stored: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of a record that an operation changes: what it shows of each as it was, and what is stored. */
export function fieldsChanged({ payload, before }: OperationView, rows: Rows): readonly FieldChanged[] {
  if (!isObject(payload) || !isObject(payload['changes'])) return [];
  const ids = Object.values(payload).filter((value) => typeof value === 'string');
  const row = [...rows].find(([key]) => ids.some((id) => key.endsWith(`/${id}`)))?.[1];
  // Of what an operation before it makes there is nothing yet.
  if (row === undefined) return [];
  return Object.keys(payload['changes']).map((name) => {
    const column = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const shown = isObject(before) ? (before[column] ?? null) : 'nothing';
    return { field: name, shown: comparable(shown), stored: comparable(row[column] ?? null) };
  });
}

/** What an operation shows of a row as it was: of a row that is merged into another, its own part of it. */
function shownBefore(before: Json, row: JsonObject): JsonObject {
  if (!isObject(before)) return {};
  const lists = Object.values(before).filter((value): value is readonly Json[] => Array.isArray(value));
  return lists.flat().find((part): part is JsonObject => isObject(part) && part['id'] === row['id']) ?? before;
}

// What a merge does to those that it takes in, whatever they are: they are cancelled, and say where they went.
const implied: Readonly<Record<string, readonly string[]>> = { merge_tasks: ['status', 'details'] };

/** `table/key.column: value` for every value that a change brought, that the operation does not show, and the person did not give. */
export function unshown(
  change: RowChange,
  { operation, given }: { readonly operation: OperationView; readonly given: JsonObject },
): readonly string[] {
  const { payload, before, title, reason, kind } = operation;
  const { key, after } = change;
  const shown = new Set([...leaves(payload), ...leaves(before), ...leaves(given), ...[title, reason].map(comparable)]);
  if (after === null) return [];
  return Object.entries(after).flatMap(([column, value]) => {
    if (kept.has(column) || JSON.stringify(change.before?.[column]) === JSON.stringify(value)) return [];
    // Of a record that was there, only what the operation shows as it was.
    const was = shownBefore(before, after);
    if (change.before !== null && was !== before && implied[kind]?.includes(column) === true) return [];
    if (change.before !== null && !(column in was)) return [`${key}.${column} as it was`];
    const made = change.before === null ? (defaults[column] ?? []) : [];
    return leaves(value)
      .filter((leaf) => !shown.has(leaf) && !made.includes(leaf))
      .map((leaf) => `${key}.${column}: ${leaf}`);
  });
}
