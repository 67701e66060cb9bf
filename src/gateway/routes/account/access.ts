import { z } from 'zod';
import type { AccessView } from '../../../api/tokens-api.ts';
import { dataOf } from '../../../schemas/views/common.ts';
import { ok } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';
import { scope } from './tokens.ts';

const access = z
  .object({ userId: z.string(), tokenId: z.string().nullable(), scopes: z.array(scope) })
  .meta({ id: 'Access' }) satisfies z.ZodType<AccessView>;

export const accessRoutes = [
  defineRoute({
    method: 'get',
    path: '/api/access',
    tag: 'Account',
    operation: 'getAccess',
    summary: 'Whose token this is, and what it may do',
    access: 'token',
    answers: { 200: { description: 'The token’s user and scopes.', schema: dataOf(access) } },
    handle: async ({ api }) => ok(await api.getAccess()),
  }),
];
