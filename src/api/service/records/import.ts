import { sql } from 'kysely';
import type { z } from 'zod';
import { invalidInput } from '../../../contract/errors.ts';
import type { Json, JsonObject } from '../../../contract/json.ts';
import { exportDocument, exportTables } from '../../../schemas/export-document.ts';
import type { ExportTable } from '../../../schemas/export-document.ts';
import { shapeProblems } from '../../../schedules/timing.ts';
import type { CallContext } from '../context.ts';
import { parseOrRefuse } from '../runs/check-start.ts';
import type { Tx } from '../runs/find.ts';
import { requireScope } from '../scopes.ts';
import { withField } from './fields.ts';
import { putUserContext } from './user-context.ts';

type ImportReport = { readonly created: Readonly<Record<string, number>>; readonly skipped: number };
type ImportDocument = z.infer<typeof exportDocument>;
type Row = Readonly<Record<string, Json>>;

const names = Object.keys(exportTables) as ExportTable[];

/** Parents before their subtasks; tasks in a circle (no export has them) come last and are refused by the database. */
export function parentsFirst(tasks: readonly Row[]): readonly Row[] {
  const waiting = new Map(tasks.map((task) => [task['id'], task]));
  const sorted: Row[] = [];
  const visit = (task: Row): void => {
    if (!waiting.delete(task['id'])) return;
    const parent = waiting.get(task['parent_task_id'] ?? null);
    if (parent !== undefined) visit(parent);
    sorted.push(task);
  };
  for (const task of tasks) visit(task);
  return sorted;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

// Links have no id of their own outside: one that says the same is the same.
async function hasLink(tx: Tx, row: Row): Promise<boolean> {
  const same = await tx
    .selectFrom('brain_dump_links')
    .select('id')
    .where('brain_dump_id', '=', textOf(row['brain_dump_id']))
    .where(
      sql<boolean>`(project_id, task_id, note_id) is not distinct from (${row['project_id'] ?? null}::uuid, ${row['task_id'] ?? null}::uuid, ${row['note_id'] ?? null}::uuid)`,
    )
    .executeTakeFirst();
  return same !== undefined;
}

// The row's own columns only, so that a column left out takes its default. Names come from the schema, never from outside.
async function insertRow(tx: Tx, table: ExportTable, row: Row): Promise<boolean> {
  if (table === 'brain_dump_links' && (await hasLink(tx, row))) return false;
  const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)));
  const { rows } = await sql`
    insert into ${sql.table(table)} (${columns})
    select ${columns} from jsonb_populate_record(null::${sql.table(table)}, ${JSON.stringify(row)}::jsonb)
    on conflict do nothing returning 1`.execute(tx);
  return rows.length > 0;
}

async function insertRows(
  tx: Tx,
  userId: string,
  given: { readonly table: ExportTable; readonly rows: readonly Row[] },
): Promise<number> {
  const rows = given.table === 'tasks' ? parentsFirst(given.rows) : given.rows;
  let created = 0;
  // Nobody sees what a document would start by itself: its schedules wait until they are resumed.
  const own = given.table === 'run_schedules' ? { user_id: userId, status: 'paused' } : { user_id: userId };
  for (const row of rows) if (await insertRow(tx, given.table, { ...row, ...own })) created += 1;
  return created;
}

// What no longer has a time in the future may come back; what is no time at all would break whatever looks at it.
function checkTimings(schedules: ImportDocument['run_schedules'] = []): void {
  const problems = schedules.flatMap(({ cron, time_zone: timeZone }, index) =>
    shapeProblems({ cron, timeZone }).map(({ path, message }) => ({
      path: `document.run_schedules.${index}.${path === 'timeZone' ? 'time_zone' : path}`,
      message,
    })),
  );
  if (problems.length > 0) throw invalidInput(problems);
}

/**
 * Brings an exported document back, all or nothing: rows whose id (or natural key) is there already are left as they are.
 * Throws `invalid_input` that names each wrong field.
 */
export async function importAll(
  context: CallContext,
  params: { readonly document: JsonObject },
): Promise<ImportReport> {
  requireScope(context.caller, 'records');
  const { userId } = context.caller;
  const parsed = parseOrRefuse(exportDocument, params.document, 'document');
  checkTimings(parsed.run_schedules);
  const document = JSON.parse(JSON.stringify(parsed)) as Readonly<Record<string, readonly Row[] | undefined>>;
  const own = parsed.user_context;
  try {
    return await context.database.asUser(userId, async (tx) => {
      const created: Record<string, number> = {};
      let total = 0;
      for (const table of names) {
        const rows = document[table] ?? [];
        total += rows.length;
        created[table] = await insertRows(tx, userId, { table, rows });
      }
      if (own !== undefined && own !== null)
        await putUserContext(tx, { userId, changes: JSON.parse(JSON.stringify(own)) as JsonObject });
      const sum = Object.values(created).reduce((count, one) => count + one, 0);
      return { created, skipped: total - sum };
    });
  } catch (error) {
    throw withField(error);
  }
}
