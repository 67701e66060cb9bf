import { z } from 'zod';
import { derivedId } from '../../../support/digest.ts';
import { defineTool } from '../../tool.ts';

export const createNote = defineTool({
  name: 'create_note',
  description: 'Keeps a note, in a project or on its own.',
  access: 'write',
  policy: 'confirm',
  reads: 'nothing',
  parameters: z.strictObject({
    title: z.string().trim().min(1).max(300),
    content: z.string().min(1).max(100_000),
    projectId: z.uuid().optional(),
  }),
  run: async ({ tx, userId, key }, { title, content, projectId }) => {
    const id = derivedId(`note:${key}`);
    await tx
      .insertInto('notes')
      .values({ id, user_id: userId, project_id: projectId ?? null, title, content })
      .execute();
    return { noteId: id };
  },
});
