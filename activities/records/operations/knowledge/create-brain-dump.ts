import { StewardError } from '../../../../src/contract/errors.ts';
import { rowJson } from '../../../support/json-value.ts';
import { readColumns } from '../columns.ts';
import type { OperationContext, OperationExecutor } from '../executor.ts';
import { kept, nothingBefore, undone } from '../executor.ts';
import { changedFields, changedReason, objectAt } from '../fields.ts';

const columns = ['project_id', 'title', 'content', 'status', 'ai_summary', 'ai_insights', 'tags'] as const;

async function promptOf({ tx, runId, userId }: OperationContext): Promise<string> {
  const run = await tx
    .selectFrom('agentic_workflows')
    .select('input')
    .where('id', '=', runId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  const text = run?.input['userPrompt'];
  if (typeof text === 'string' && text.trim() !== '') return text;
  throw new StewardError('invalid_input', 'input.userPrompt: the run was started without a text to keep.');
}

export const createBrainDump: OperationExecutor<'create_brain_dump'> = {
  before: nothingBefore,

  async execute(context, { operation }) {
    const { brainDumpId, title, projectId } = operation.payload;
    const content = await promptOf(context);
    const row = await context.tx
      .insertInto('brain_dumps')
      .values({ id: brainDumpId, user_id: context.userId, project_id: projectId, title, content })
      .returning(columns)
      .executeTakeFirstOrThrow();
    return { result: { brainDumpId }, undo: { fields: rowJson(row) } };
  },

  async undo(context, { operation, undo }) {
    const { brainDumpId } = operation.payload;
    const fields = await readColumns(context, { table: 'brain_dumps', id: brainDumpId, columns });
    if (fields === null) return undone;
    const changed = changedFields(objectAt(undo, 'fields'), fields);
    if (changed.length > 0) return kept(changedReason(changed));
    const link = await context.tx
      .selectFrom('brain_dump_links')
      .select('id')
      .where('brain_dump_id', '=', brainDumpId)
      .limit(1)
      .executeTakeFirst();
    if (link !== undefined) return kept('It is linked to something.');
    const { tx, userId } = context;
    await tx.deleteFrom('brain_dumps').where('id', '=', brainDumpId).where('user_id', '=', userId).execute();
    return undone;
  },
};
