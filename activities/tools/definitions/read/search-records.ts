import { z } from 'zod';
import { sourceKinds } from '../../../../src/contract/facts/source-facts.ts';
import { searchSources } from '../../../../src/db/search.ts';
import { kindsWithin, projectWithin } from '../../scope.ts';
import { defineTool } from '../../tool.ts';

export const searchRecords = defineTool({
  name: 'search_records',
  description:
    'Finds notes, tasks, projects, brain dumps and attached files by words, best first, with an excerpt each. A "phrase" in quotes stays whole, -word leaves out. Read the whole text with read_source.',
  access: 'read',
  policy: 'auto',
  reads: sourceKinds,
  parameters: z.strictObject({
    query: z.string().trim().min(1).max(1_000),
    kinds: z.array(z.enum(sourceKinds)).min(1).optional(),
    projectId: z.uuid().optional(),
    limit: z.int().min(1).max(50).default(10),
  }),
  run: async ({ tx, userId, scope }, { kinds, projectId, ...args }) => {
    const within = { kinds: kindsWithin(scope, kinds), projectId: projectWithin(scope, projectId) };
    return await searchSources(tx, { userId, ...within, ...args });
  },
});
