import { StewardError } from '../../../src/contract/errors.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import type { OperationKind } from '../../../src/contract/proposal.ts';
import { isObject } from '../../support/json-value.ts';
import { columnValues, readColumns, writeColumns } from './columns.ts';
import type { ColumnNames, FieldTable } from './columns.ts';
import type { OperationContext, OperationExecutor, OperationOf } from './executor.ts';
import { kept, undone } from './executor.ts';
import { changedFields, changedReason, objectAt, pick } from './fields.ts';

type FieldChange<Kind extends OperationKind, T extends FieldTable> = {
  /** What it is called: `The project is not there any more.` */
  readonly noun: string;
  readonly table: T;
  readonly names: ColumnNames<T>;
  /** The row's id; empty for the one row of a person. */
  readonly id: (operation: OperationOf<Kind>) => string;
  readonly changes: (operation: OperationOf<Kind>) => object;
  readonly result: (id: string) => JsonObject;
  /** How the fields are looked at, where what is stored is not what they are to be restored to. */
  readonly seen?: (fields: JsonObject) => JsonObject;
};

/** Throws `conflict` when a field is not as it was when the proposal was made. */
export function checkUnchanged(noun: string, before: Json, now: JsonObject): void {
  const changed = changedFields(isObject(before) ? before : {}, now);
  if (changed.length > 0)
    throw new StewardError('conflict', `The ${noun} was changed after the proposal was made: ${changed.join(', ')}.`);
}

/** Throws `not_found` for what is gone. */
export function mustBeThere(noun: string, fields: JsonObject | null): JsonObject {
  if (fields === null) throw new StewardError('not_found', `The ${noun} is not there any more.`);
  return fields;
}

/** An executor of operations that change fields of one row and restore them when undone. */
export function changeFields<Kind extends OperationKind, T extends FieldTable>(
  change: FieldChange<Kind, T>,
): OperationExecutor<Kind> {
  const { noun, table, names, seen = (fields) => fields } = change;
  const columns = Object.values(names);
  const read = async (context: OperationContext, id: string): Promise<JsonObject | null> => {
    const fields = await readColumns(context, { table, id, columns });
    return fields === null ? null : seen(fields);
  };
  const valuesOf = (operation: OperationOf<Kind>): JsonObject => columnValues(names, change.changes(operation));
  return {
    async before(context, operation) {
      const fields = await read(context, change.id(operation));
      return fields === null ? null : pick(fields, valuesOf(operation));
    },

    async execute(context, { operation, before }) {
      const id = change.id(operation);
      const fields = mustBeThere(noun, await read(context, id));
      checkUnchanged(noun, before, fields);
      const values = valuesOf(operation);
      await writeColumns(context, { table, id, values });
      return { result: change.result(id), undo: { before: pick(fields, values), fields: values } };
    },

    async undo(context, { operation, undo }) {
      const id = change.id(operation);
      const fields = await read(context, id);
      if (fields === null) return kept('It is not there any more.');
      const changed = changedFields(objectAt(undo, 'fields'), fields);
      if (changed.length > 0) return kept(changedReason(changed));
      await writeColumns(context, { table, id, values: objectAt(undo, 'before') });
      return undone;
    },
  };
}
