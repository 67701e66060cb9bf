import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Selectable, Transaction } from 'kysely';
import type { Scope, TokenView } from '../api/tokens-api.ts';
import { StewardError } from '../contract/errors.ts';
import type { Tables } from './tables.ts';
import type { ApiTokensTable } from './tables/account-tables.ts';

const marker = 'stw_';
const prefixLength = marker.length + 8;
const tokenPattern = /^stw_[A-Za-z0-9_-]{43}$/;

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function toView(row: Selectable<ApiTokensTable>): TokenView {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  };
}

export type CreateToken = {
  readonly userId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** ISO 8601; never when null. */
  readonly expiresAt: string | null;
};

/** Makes a token of 32 random bytes. It is returned here and never again: only its hash is kept. */
export async function createToken(
  tx: Transaction<Tables>,
  params: CreateToken,
): Promise<{ token: string; view: TokenView }> {
  const token = marker + randomBytes(32).toString('base64url');
  const row = await tx
    .insertInto('api_tokens')
    .values({
      user_id: params.userId,
      name: params.name,
      prefix: token.slice(0, prefixLength),
      token_hash: hashOf(token),
      scopes: params.scopes,
      expires_at: params.expiresAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { token, view: toView(row) };
}

export type VerifiedToken = { readonly tokenId: string; readonly userId: string; readonly scopes: readonly Scope[] };

async function touch(tx: Transaction<Tables>, id: string): Promise<void> {
  await tx
    .updateTable('api_tokens')
    .set({ last_used_at: sql<string>`now()` })
    .where('id', '=', id)
    // A busy token would otherwise write a row with every request.
    .where((row) =>
      row.or([row('last_used_at', 'is', null), row('last_used_at', '<', sql<string>`now() - interval '1 minute'`)]),
    )
    .execute();
}

/**
 * Whose token it is and what it may do; null when it is unknown, revoked or expired. Notes the use, at most once a minute.
 * Needs the service role.
 */
export async function verifyToken(
  tx: Transaction<Tables>,
  params: { readonly token: string; readonly now: Date },
): Promise<VerifiedToken | null> {
  if (!tokenPattern.test(params.token)) return null;
  // Found by the public prefix and compared in constant time, so that answers tell nothing of the hash.
  const row = await tx
    .selectFrom('api_tokens')
    .selectAll()
    .where('prefix', '=', params.token.slice(0, prefixLength))
    .executeTakeFirst();
  if (
    row === undefined ||
    !timingSafeEqual(Buffer.from(row.token_hash, 'hex'), Buffer.from(hashOf(params.token), 'hex'))
  )
    return null;
  if (row.revoked_at !== null || (row.expires_at !== null && Date.parse(row.expires_at) <= params.now.getTime()))
    return null;
  await touch(tx, row.id);
  return { tokenId: row.id, userId: row.user_id, scopes: row.scopes };
}

/** The user's tokens that are not revoked, newest first. */
export async function listTokens(tx: Transaction<Tables>, params: { readonly userId: string }): Promise<TokenView[]> {
  const rows = await tx
    .selectFrom('api_tokens')
    .selectAll()
    .where('user_id', '=', params.userId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(toView);
}

/** Makes a token worthless. Throws `not_found` when the user has no such token. */
export async function revokeToken(
  tx: Transaction<Tables>,
  params: { readonly userId: string; readonly id: string },
): Promise<void> {
  const revoked = await tx
    .updateTable('api_tokens')
    .set({ revoked_at: sql<string>`coalesce(revoked_at, now())` })
    .where('user_id', '=', params.userId)
    .where('id', '=', params.id)
    .returning('id')
    .executeTakeFirst();
  if (revoked === undefined) throw new StewardError('not_found', `There is no token ${params.id}.`);
}
