import { StewardError } from '../../../src/contract/errors.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import type { OperationContext, OperationExecutor, OperationOf } from './executor.ts';
import { kept, undone } from './executor.ts';
import { changedFields, changedReason, objectAt, pick } from './fields.ts';
import { instantOrNull, isObject, rowJson } from '../../support/json-value.ts';

type Changes = OperationOf<'update_project'>['payload']['changes'];
const columns = ['description', 'executive_summary', 'start_date', 'end_date'] as const;

function columnsOf(changes: Changes) {
  const { description, executiveSummary, startDate, endDate } = changes;
  return {
    ...(description === undefined ? {} : { description }),
    ...(executiveSummary === undefined ? {} : { executive_summary: executiveSummary }),
    ...(startDate === undefined ? {} : { start_date: instantOrNull(startDate) }),
    ...(endDate === undefined ? {} : { end_date: instantOrNull(endDate) }),
  };
}

async function readFields({ tx, userId }: OperationContext, projectId: string): Promise<JsonObject | null> {
  const row = await tx
    .selectFrom('projects')
    .select(columns)
    .where('id', '=', projectId)
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : rowJson(row);
}

async function write(
  { tx, userId }: OperationContext,
  update: { readonly projectId: string; readonly values: ReturnType<typeof columnsOf> },
): Promise<void> {
  if (Object.keys(update.values).length === 0) return;
  await tx
    .updateTable('projects')
    .set(update.values)
    .where('id', '=', update.projectId)
    .where('user_id', '=', userId)
    .execute();
}

export const updateProject: OperationExecutor<'update_project'> = {
  async before(context, { payload }) {
    const fields = await readFields(context, payload.projectId);
    return fields === null ? null : pick(fields, rowJson(columnsOf(payload.changes)));
  },

  async execute(context, { operation, before }) {
    const { projectId, changes } = operation.payload;
    const fields = await readFields(context, projectId);
    if (fields === null) throw new StewardError('not_found', 'The project is not there any more.');
    const changed = changedFields(isObject(before) ? before : {}, fields);
    if (changed.length > 0)
      throw new StewardError('conflict', `The project was changed after the proposal was made: ${changed.join(', ')}.`);
    const values = columnsOf(changes);
    await write(context, { projectId, values });
    return { result: { projectId }, undo: { before: pick(fields, rowJson(values)), fields: rowJson(values) } };
  },

  async undo(context, { operation, undo }) {
    const { projectId } = operation.payload;
    const fields = await readFields(context, projectId);
    if (fields === null) return kept('It is not there any more.');
    const changed = changedFields(objectAt(undo, 'fields'), fields);
    if (changed.length > 0) return kept(changedReason(changed));
    await write(context, { projectId, values: restored(objectAt(undo, 'before')) });
    return undone;
  },
};

function text(value: JsonObject[string] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function restored(before: JsonObject): ReturnType<typeof columnsOf> {
  return columnsOf({
    ...('description' in before ? { description: text(before['description']) } : {}),
    ...('executive_summary' in before ? { executiveSummary: text(before['executive_summary']) } : {}),
    ...('start_date' in before ? { startDate: text(before['start_date']) } : {}),
    ...('end_date' in before ? { endDate: text(before['end_date']) } : {}),
  });
}
