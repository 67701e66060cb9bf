import { rowJson } from '../../../support/json-value.ts';
import { readColumns } from '../columns.ts';
import type { OperationExecutor } from '../executor.ts';
import { kept, nothingBefore, undone } from '../executor.ts';
import { changedFields, changedReason, objectAt } from '../fields.ts';

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
    const { noteId } = operation.payload;
    const fields = await readColumns(context, { table: 'notes', id: noteId, columns });
    if (fields === null) return undone;
    const changed = changedFields(objectAt(undo, 'fields'), fields);
    if (changed.length > 0) return kept(changedReason(changed));
    const link = await context.tx
      .selectFrom('brain_dump_links')
      .select('id')
      .where('note_id', '=', noteId)
      .limit(1)
      .executeTakeFirst();
    if (link !== undefined) return kept('A brain dump refers to it.');
    await context.tx.deleteFrom('notes').where('id', '=', noteId).where('user_id', '=', context.userId).execute();
    return undone;
  },
};
