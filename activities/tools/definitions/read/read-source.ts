import { z } from 'zod';
import { sourceKinds } from '../../../../src/contract/facts/source-facts.ts';
import { readSource as read } from '../../../../src/db/search.ts';
import { assertOfProject, kindsWithin } from '../../scope.ts';
import { defineTool } from '../../tool.ts';

const mostChars = 15_000;

export const readSource = defineTool({
  name: 'read_source',
  description:
    'Reads the text of a note, task, project, brain dump or attached file exactly as stored, from a character on. `next` is where to go on, null at the end; `sha256` is of the whole text.',
  access: 'read',
  policy: 'auto',
  reads: sourceKinds,
  parameters: z.strictObject({
    kind: z.enum(sourceKinds),
    id: z.uuid(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(mostChars).default(mostChars),
  }),
  run: async ({ tx, userId, scope }, { kind, id, offset, limit }) => {
    kindsWithin(scope, [kind]);
    const { text, ...source } = await read(tx, { userId, kind, id });
    assertOfProject(scope, source);
    const end = offset + limit;
    const next = end < text.length ? end : null;
    return { ...source, length: text.length, offset, next, text: text.slice(offset, end) };
  },
});
