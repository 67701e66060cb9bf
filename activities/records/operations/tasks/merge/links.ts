import { sql } from 'kysely';
import type { Json, JsonObject } from '../../../../../src/contract/json.ts';
import { rowJson } from '../../../../support/json-value.ts';
import type { OperationContext } from '../../executor.ts';
import { textAt } from '../../fields.ts';
import { deleteRows, insertRows, rowsAt, selectRows } from '../../rows.ts';
import type { RowTable } from '../../rows.ts';
import { planEdges } from './plan.ts';
import type { Merge } from './plan.ts';

/** What hangs on tasks, in rows of its own: dependencies, places in phases, links. */
const linkTables = {
  task_dependencies: ['task_id', 'depends_on_id'],
  phase_tasks: ['task_id'],
  brain_dump_links: ['task_id'],
  task_event_links: ['task_id'],
} as const satisfies Readonly<Partial<Record<RowTable, readonly string[]>>>;
const names = ['task_dependencies', 'phase_tasks', 'brain_dump_links', 'task_event_links'] as const;

/** All that hangs on the tasks of a merge, in an order of its own. */
export async function readLinks(context: OperationContext, { keepId, mergedIds }: Merge): Promise<JsonObject> {
  const links: Record<string, Json> = {};
  for (const table of names) {
    const rows = await selectRows(context, { table, columns: linkTables[table], ids: [keepId, ...mergedIds] });
    links[table] = rows.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  }
  return links;
}

/** Replaces all that hangs on the tasks of a merge. */
export async function restoreLinks(
  context: OperationContext,
  { keepId, mergedIds }: Merge,
  links: JsonObject,
): Promise<void> {
  for (const table of names) {
    await deleteRows(context, { table, columns: linkTables[table], ids: [keepId, ...mergedIds] });
    await insertRows(context, { table, rows: rowsAt(links, table) });
  }
}

async function moveEdges({ tx, userId }: OperationContext, merge: Merge): Promise<number> {
  const rows = await tx.selectFrom('task_dependencies').selectAll().where('user_id', '=', userId).execute();
  const edges = rows.map(({ task_id: taskId, depends_on_id: dependsOnId, kind, reason }) => {
    return { taskId, dependsOnId, kind, reason };
  });
  const { remove, add, dropped } = planEdges(edges, merge);
  for (const { taskId, dependsOnId } of remove) {
    await tx
      .deleteFrom('task_dependencies')
      .where('task_id', '=', taskId)
      .where('depends_on_id', '=', dependsOnId)
      .execute();
  }
  for (const { taskId, dependsOnId, kind, reason } of add) {
    await tx
      .insertInto('task_dependencies')
      .values({ user_id: userId, task_id: taskId, depends_on_id: dependsOnId, kind, reason })
      .execute();
  }
  return dropped.length;
}

/** The rows of the merged, without those by which the kept one has the same thing already. */
function movedRows(
  rows: readonly JsonObject[],
  of: Merge & { readonly keys: readonly string[] },
): readonly JsonObject[] {
  const keyOf = (row: JsonObject): string => JSON.stringify(of.keys.map((key) => row[key] ?? null));
  const seen = new Set(rows.filter((row) => row['task_id'] === of.keepId).map(keyOf));
  return rows.filter((row) => {
    if (row['task_id'] === of.keepId || seen.has(keyOf(row))) return false;
    seen.add(keyOf(row));
    return true;
  });
}

/** Phases of other projects than the kept task's are none of its own. */
async function ownPhases({ tx, userId }: OperationContext, keepId: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('phases')
    .innerJoin('tasks', 'tasks.project_id', 'phases.project_id')
    .select('phases.id')
    .where('tasks.id', '=', keepId)
    .where('phases.user_id', '=', userId)
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** Gives the kept task all that hangs on the merged. Returns how many dependencies a circle forbids. */
export async function moveLinks(context: OperationContext, merge: Merge, links: JsonObject): Promise<number> {
  const dropped = await moveEdges(context, merge);
  const phases = await ownPhases(context, merge.keepId);
  const moved = {
    phase_tasks: movedRows(
      rowsAt(links, 'phase_tasks').filter((row) => phases.has(textAt(row, 'phase_id'))),
      { ...merge, keys: ['phase_id'] },
    ),
    brain_dump_links: movedRows(rowsAt(links, 'brain_dump_links'), {
      ...merge,
      keys: ['brain_dump_id', 'project_id', 'note_id'],
    }),
    task_event_links: movedRows(rowsAt(links, 'task_event_links'), {
      ...merge,
      keys: ['event_uid', 'recurrence_id', 'role'],
    }),
  };
  for (const table of ['phase_tasks', 'brain_dump_links', 'task_event_links'] as const) {
    await deleteRows(context, { table, columns: ['task_id'], ids: merge.mergedIds });
    await insertRows(context, { table, rows: moved[table].map((row) => ({ ...row, task_id: merge.keepId })) });
  }
  return dropped;
}

/** Gives the kept task the blocks that are still to come. Returns them with the task they were for. */
export async function moveBlocks(
  { tx, userId }: OperationContext,
  { keepId, mergedIds }: Merge,
): Promise<readonly JsonObject[]> {
  const blocks = await tx
    .selectFrom('calendar_events')
    .select(['id', 'task_id'])
    .where('user_id', '=', userId)
    .where('task_id', 'in', mergedIds)
    .where('deleted_at', 'is', null)
    .where('start_at', '>', sql<string>`now()`)
    .forUpdate()
    .execute();
  const ids = blocks.map((block) => block.id);
  if (ids.length > 0) await tx.updateTable('calendar_events').set({ task_id: keepId }).where('id', 'in', ids).execute();
  return blocks.map(rowJson);
}

/** Gives blocks back to the tasks they were for, as far as they are still the kept one's. */
export async function returnBlocks(
  { tx, userId }: OperationContext,
  { keepId }: Merge,
  blocks: readonly JsonObject[],
): Promise<void> {
  for (const block of blocks) {
    await tx
      .updateTable('calendar_events')
      .set({ task_id: textAt(block, 'task_id') })
      .where('id', '=', textAt(block, 'id'))
      .where('user_id', '=', userId)
      .where('task_id', '=', keepId)
      .execute();
  }
}
