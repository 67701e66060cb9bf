import { changeFields } from '../change-fields.ts';

export const updateNote = changeFields<'update_note', 'notes'>({
  noun: 'note',
  table: 'notes',
  names: { title: 'title', content: 'content', category: 'category', tags: 'tags' },
  id: ({ payload }) => payload.noteId,
  changes: ({ payload }) => payload.changes,
  result: (noteId) => ({ noteId }),
});
