import { rowJson } from '../../../support/json-value.ts';
import type { OperationExecutor } from '../executor.ts';
import { nothingBefore } from '../executor.ts';
import { removeCreated } from '../remove-created.ts';

const columns = ['project_id', 'title', 'content', 'category', 'tags'] as const;

export const createNote: OperationExecutor<'create_note'> = {
  before: nothingBefore,

  async execute({ tx, userId }, { operation }) {
    const { noteId, projectId, title, content, category, tags } = operation.payload;
    const row = await tx
      .insertInto('notes')
      .values({ id: noteId, user_id: userId, project_id: projectId, title, content, category, tags })
      .returning(columns)
      .executeTakeFirstOrThrow();
    return { result: { noteId }, undo: { fields: rowJson(row) } };
  },

  async undo(context, { operation, undo }) {
    const { noteId: id } = operation.payload;
    const addedSince = async (): Promise<string | null> => {
      const links = context.tx.selectFrom('brain_dump_links').select('id').where('note_id', '=', id);
      return (await links.limit(1).executeTakeFirst()) === undefined ? null : 'A brain dump refers to it.';
    };
    return await removeCreated(context, { table: 'notes', id, columns, undo, addedSince });
  },
};
