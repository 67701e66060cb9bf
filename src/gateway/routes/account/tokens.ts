import { z } from 'zod';
import type { TokenView } from '../../../api/tokens-api.ts';
import { dataOf, optionalTimestamp, timestamp } from '../../../schemas/views/common.ts';
import { id } from '../../http/inputs.ts';
import { noContent, ok } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';

export const scope = z.enum(['runs', 'decide', 'records', 'admin'], 'expected runs, decide, records or admin');
const token = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(scope),
    createdAt: timestamp,
    lastUsedAt: optionalTimestamp,
    expiresAt: optionalTimestamp,
  })
  .meta({ id: 'Token' }) satisfies z.ZodType<TokenView>;

export const tokenRoutes = [
  defineRoute({
    method: 'get',
    path: '/api/tokens',
    tag: 'Account',
    operation: 'listTokens',
    summary: 'Your API tokens; never the secrets themselves',
    access: ['admin'],
    answers: { 200: { description: 'All that are not revoked.', schema: dataOf(z.array(token)) } },
    handle: async ({ api }) => ok(await api.listTokens()),
  }),
  defineRoute({
    method: 'post',
    path: '/api/tokens',
    tag: 'Account',
    operation: 'createToken',
    summary: 'Make a token; it is shown this once',
    description: 'Give an agent a token without the scope `decide`, and it can’t approve its own proposals.',
    access: ['admin'],
    body: z.strictObject({
      name: z.string('give it a name').trim().min(1).max(200),
      scopes: z.array(scope, 'expected a list of scopes').min(1, 'give at least one scope').max(4),
      expiresAt: z.iso.datetime({ offset: true }).exactOptional(),
    }),
    showsSecret: true,
    answers: { 201: { description: 'The token.', schema: dataOf(z.object({ token: z.string(), view: token })) } },
    handle: async ({ api, body }) => ok(await api.createToken(body), { status: 201 }),
  }),
  defineRoute({
    method: 'delete',
    path: '/api/tokens/:id',
    tag: 'Account',
    operation: 'revokeToken',
    summary: 'Make a token worthless',
    access: ['admin'],
    params: z.object({ id }),
    answers: { 204: { description: 'It is revoked.' } },
    handle: async ({ api, params }) => {
      await api.revokeToken(params);
      return noContent;
    },
  }),
];
