import { sql } from 'kysely';
import type { Json } from '../../../src/contract/json.ts';
import { readColumns } from './columns.ts';
import type { OperationContext, UndoOutcome } from './executor.ts';
import { kept, undone } from './executor.ts';
import { changedFields, changedReason, objectAt } from './fields.ts';

type Created = {
  readonly table: 'projects' | 'phases' | 'notes' | 'brain_dumps';
  readonly id: string;
  /** Those that `undo` holds in `fields`, as they were created. */
  readonly columns: readonly string[];
  readonly undo: Json;
  /** What others hung on it since, as the reason to keep it, or null. */
  readonly addedSince: () => Promise<string | null>;
};

/** Takes a row back that an operation created: unless it was changed since, or something hangs on it. */
export async function removeCreated(context: OperationContext, created: Created): Promise<UndoOutcome> {
  const { table, id, columns, undo } = created;
  const fields = await readColumns(context, { table, id, columns });
  if (fields === null) return undone;
  const changed = changedFields(objectAt(undo, 'fields'), fields);
  if (changed.length > 0) return kept(changedReason(changed));
  const added = await created.addedSince();
  if (added !== null) return kept(added);
  await sql`delete from ${sql.table(table)} where id = ${id}::uuid and user_id = ${context.userId}::uuid`.execute(
    context.tx,
  );
  return undone;
}
