import { StewardError } from '../../../../src/contract/errors.ts';
import { rowJson } from '../../../support/json-value.ts';
import type { OperationContext, OperationExecutor } from '../executor.ts';
import { nothingBefore } from '../executor.ts';
import { removeCreated } from '../remove-created.ts';

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
    const { brainDumpId: id } = operation.payload;
    const addedSince = async (): Promise<string | null> => {
      const links = context.tx.selectFrom('brain_dump_links').select('id').where('brain_dump_id', '=', id);
      return (await links.limit(1).executeTakeFirst()) === undefined ? null : 'It is linked to something.';
    };
    return await removeCreated(context, { table: 'brain_dumps', id, columns, undo, addedSince });
  },
};
