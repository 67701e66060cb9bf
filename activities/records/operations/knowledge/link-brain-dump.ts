import { fieldOf } from '../../../support/json-value.ts';
import type { OperationContext, OperationExecutor, OperationOf } from '../executor.ts';
import { nothingBefore, undone } from '../executor.ts';

function linkOf(payload: OperationOf<'link_brain_dump'>['payload']) {
  return {
    brain_dump_id: payload.brainDumpId,
    project_id: 'projectId' in payload ? payload.projectId : null,
    task_id: 'taskId' in payload ? payload.taskId : null,
    note_id: 'noteId' in payload ? payload.noteId : null,
  };
}

async function findLink({ tx, userId }: OperationContext, link: ReturnType<typeof linkOf>) {
  return await tx
    .selectFrom('brain_dump_links')
    .select('id')
    .where('user_id', '=', userId)
    .where('brain_dump_id', '=', link.brain_dump_id)
    .where('project_id', 'is not distinct from', link.project_id)
    .where('task_id', 'is not distinct from', link.task_id)
    .where('note_id', 'is not distinct from', link.note_id)
    .limit(1)
    .executeTakeFirst();
}

export const linkBrainDump: OperationExecutor<'link_brain_dump'> = {
  before: nothingBefore,

  async execute(context, { operation }) {
    const link = linkOf(operation.payload);
    const result = { brainDumpId: link.brain_dump_id };
    // It was there already, by somebody else: nothing of ours to take back.
    if ((await findLink(context, link)) !== undefined) return { result, undo: { id: null } };
    const { id } = await context.tx
      .insertInto('brain_dump_links')
      .values({ user_id: context.userId, ...link })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { result, undo: { id } };
  },

  async undo({ tx, userId }, { undo }) {
    const id = fieldOf(undo, 'id');
    if (typeof id !== 'number') return undone;
    await tx.deleteFrom('brain_dump_links').where('id', '=', id).where('user_id', '=', userId).execute();
    return undone;
  },
};
