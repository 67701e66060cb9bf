import type { JsonObject } from '../../../../src/contract/json.ts';
import { json } from '../../../../src/db/values.ts';
import { rowJson } from '../../../support/json-value.ts';
import { tellPerson } from '../../changes/tell-person.ts';
import { checkUnchanged } from '../change-fields.ts';
import type { OperationContext, OperationExecutor } from '../executor.ts';
import { kept, undone } from '../executor.ts';
import { changedFields, changedReason, objectAt, pick } from '../fields.ts';
import { deleteRows, insertRows, rowsAt } from '../rows.ts';

const shown = { content: null, insights: null, priority_actions: null, project_briefs: null };

async function read({ tx, userId }: OperationContext, briefDate: string): Promise<JsonObject | null> {
  const row = await tx
    .selectFrom('daily_briefs')
    .selectAll()
    .where('user_id', '=', userId)
    .where('brief_date', '=', briefDate)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : rowJson(row);
}

/** The brief of a day, and the person told of it. A former one of that day is replaced, and comes back when this one is undone. */
export const saveDailyBrief: OperationExecutor<'save_daily_brief'> = {
  async before(context, { payload }) {
    const row = await read(context, payload.briefDate);
    return row === null ? null : pick(row, shown);
  },

  async execute(context, { operation, before }) {
    const { briefId, briefDate, timeZone, content, insights, priorityActions, projectBriefs } = operation.payload;
    const former = await read(context, briefDate);
    checkUnchanged('brief', before, former ?? {});
    await deleteRows(context, { table: 'daily_briefs', columns: ['brief_date'], ids: [briefDate] });
    const row = await context.tx
      .insertInto('daily_briefs')
      .values({
        id: briefId,
        user_id: context.userId,
        brief_date: briefDate,
        time_zone: timeZone,
        content,
        insights,
        priority_actions: json(priorityActions),
        project_briefs: json(projectBriefs),
        run_id: context.runId,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await tellPerson(context.tx, {
      key: `${context.runId}/${briefId}`,
      eventType: 'brief.completed',
      userId: context.userId,
      correlationId: context.runId,
      payload: { brief_id: briefId, brief_date: briefDate, task_count: operation.payload.taskCount },
      at: row.created_at,
    });
    const fields = { id: briefId, ...pick(rowJson(row), shown) };
    return { result: { briefId, briefDate }, undo: { former: former === null ? [] : [former], fields } };
  },

  async undo(context, { operation, undo }) {
    const { briefDate } = operation.payload;
    const now = await read(context, briefDate);
    if (now === null) return kept('It is not there any more.');
    const changed = changedFields(objectAt(undo, 'fields'), now);
    if (changed.length > 0) return kept(changedReason(changed));
    await deleteRows(context, { table: 'daily_briefs', columns: ['brief_date'], ids: [briefDate] });
    await insertRows(context, { table: 'daily_briefs', rows: rowsAt(undo, 'former') });
    return undone;
  },
};
