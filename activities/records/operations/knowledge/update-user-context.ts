import type { JsonObject } from '../../../../src/contract/json.ts';
import { personColumns } from '../../../../src/contract/facts/person.ts';
import { checkUnchanged } from '../change-fields.ts';
import { columnValues, readColumns, writeColumns } from '../columns.ts';
import type { OperationContext, OperationExecutor, OperationOf } from '../executor.ts';
import { kept, undone } from '../executor.ts';
import { changedFields, changedReason, objectAt, pick } from '../fields.ts';

const names = {
  ...personColumns,
  timezone: 'timezone',
  workingHours: 'working_hours',
  extra: 'extra',
} as const;
const row = { table: 'user_context', id: '' } as const;

async function read(context: OperationContext): Promise<JsonObject | null> {
  return await readColumns(context, { ...row, columns: Object.values(names) });
}

/** The columns to write: `extra` keeps the keys that the change does not name. */
function valuesOf({ payload }: OperationOf<'update_user_context'>, fields: JsonObject): JsonObject {
  const values = columnValues<'user_context'>(names, payload.changes);
  return 'extra' in values
    ? { ...values, extra: { ...objectAt(fields, 'extra'), ...objectAt(values, 'extra') } }
    : values;
}

/** What a person told about themselves, as far as it is to change. Before they told anything, every field is empty. */
export const updateUserContext: OperationExecutor<'update_user_context'> = {
  async before(context, operation) {
    const fields = (await read(context)) ?? {};
    return pick(fields, valuesOf(operation, fields));
  },

  async execute(context, { operation, before }) {
    const { tx, userId } = context;
    await tx
      .insertInto('user_context')
      .values({ user_id: userId })
      .onConflict((conflict) => conflict.column('user_id').doNothing())
      .execute();
    const fields = (await read(context)) ?? {};
    checkUnchanged('profile', before, fields);
    const values = valuesOf(operation, fields);
    await writeColumns(context, { ...row, values });
    return { result: { changed: Object.keys(values) }, undo: { before: pick(fields, values), fields: values } };
  },

  async undo(context, { undo }) {
    const changed = changedFields(objectAt(undo, 'fields'), (await read(context)) ?? {});
    if (changed.length > 0) return kept(changedReason(changed));
    await writeColumns(context, { ...row, values: objectAt(undo, 'before') });
    return undone;
  },
};
