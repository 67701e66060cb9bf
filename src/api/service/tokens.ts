import { z } from 'zod';
import { createToken as insertToken, listTokens as readTokens, revokeToken as endToken } from '../../db/tokens.ts';
import type { Scope, TokenView } from '../tokens-api.ts';
import type { CallContext } from './context.ts';
import { requireId } from './ids.ts';
import { parseOrRefuse } from './runs/check-start.ts';
import { requireScope } from './scopes.ts';

const scopes = ['runs', 'decide', 'records', 'admin'] as const satisfies readonly Scope[];

function newToken(now: Date) {
  return z.strictObject({
    name: z.string().trim().min(1).max(200),
    scopes: z.array(z.enum(scopes)).min(1, `name at least one of: ${scopes.join(', ')}`),
    expiresAt: z.iso
      .datetime({ offset: true, message: 'expected an ISO 8601 time with zone' })
      .refine((text) => !(Date.parse(text) <= now.getTime()), 'is in the past')
      .optional(),
  });
}

/** The caller's tokens that still work, without the tokens themselves. */
export async function listTokens(context: CallContext): Promise<readonly TokenView[]> {
  requireScope(context.caller, 'admin');
  const { userId } = context.caller;
  return await context.database.asUser(userId, async (tx) => await readTokens(tx, { userId }));
}

type NewToken = { readonly name: string; readonly scopes: readonly Scope[]; readonly expiresAt?: string };

/** Makes a token; it is shown once, here. */
export async function createToken(
  context: CallContext,
  params: NewToken,
): Promise<{ readonly token: string; readonly view: TokenView }> {
  requireScope(context.caller, 'admin');
  const { userId } = context.caller;
  const { name, scopes: wanted, expiresAt } = parseOrRefuse(newToken(context.now()), params);
  const values = { userId, name, scopes: [...new Set(wanted)], expiresAt: expiresAt ?? null };
  return await context.database.asUser(userId, async (tx) => await insertToken(tx, values));
}

/** Makes a token worthless at once. Throws `not_found`. */
export async function revokeToken(context: CallContext, params: { readonly id: string }): Promise<void> {
  requireScope(context.caller, 'admin');
  requireId('token', params.id);
  const { userId } = context.caller;
  await context.database.asUser(userId, async (tx) => await endToken(tx, { userId, id: params.id }));
}
