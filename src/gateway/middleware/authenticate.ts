import type { Request } from 'express';
import { StewardError } from '../../contract/errors.ts';
import type { Scope } from '../../api/tokens-api.ts';
import type { Caller, GatewayDeps } from '../deps.ts';
import { HttpError } from '../errors/http-error.ts';
import type { Access } from '../http/route.ts';

const bearer = /^Bearer +(stw_[\w-]{1,200})$/i;

/** Stands for whoever calls a public route; it may do nothing. */
export const nobody: Caller = { userId: '00000000-0000-0000-0000-000000000000', scopes: [], tokenId: null };

/** Who sends this request. Throws `unauthorized` without a valid token in the Authorization header, the only place looked at. */
export async function authenticate(deps: Pick<GatewayDeps, 'authenticate'>, request: Request): Promise<Caller> {
  const header = request.headers.authorization;
  if (header === undefined) {
    throw new StewardError('unauthorized', 'Send your API token in the header "Authorization: Bearer stw_…".');
  }
  const token = bearer.exec(header)?.[1];
  const caller = token === undefined ? null : await deps.authenticate(token);
  if (caller !== null) return caller;
  const headers = { 'WWW-Authenticate': 'Bearer realm="steward", error="invalid_token"' };
  throw new HttpError('unauthorized', 'This token is unknown, revoked or expired.', { status: 401, headers });
}

function required(scopes: readonly Scope[]): string {
  return scopes.map((scope) => `"${scope}"`).join(' or ');
}

/** Refuses a caller who has none of the route's scopes. Throws `forbidden` that names them. */
export function requireAccess(caller: Caller, access: Access): void {
  if (access === 'public' || access === 'token') return;
  if (caller.scopes.includes('admin') || access.some((scope) => caller.scopes.includes(scope))) return;
  const given = caller.scopes.join(', ') || 'none';
  throw new StewardError('forbidden', `This needs a token with the scope ${required(access)}; yours has: ${given}.`, {
    details: { required: access, given: caller.scopes },
  });
}
