import { StewardError } from '../../contract/errors.ts';
import type { Scope } from '../tokens-api.ts';

/** Who calls: a person, or a program with one of the person's tokens (`tokenId` null for the local user's own session). */
export type Caller = { readonly userId: string; readonly scopes: readonly Scope[]; readonly tokenId: string | null };

/** Refuses a caller without the scope; `admin` implies all. Throws `forbidden` that names the scope. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (caller.scopes.includes(scope) || caller.scopes.includes('admin')) return;
  throw new StewardError(
    'forbidden',
    `This needs a token with the scope "${scope}"; yours has: ${caller.scopes.join(', ') || 'none'}.`,
    {
      details: { required: scope, given: caller.scopes },
    },
  );
}

/** Refuses a caller who has none of the scopes: requests are read by those who run and by those who decide. */
export function requireAnyScope(caller: Caller, scopes: readonly Scope[]): void {
  const [first] = scopes;
  if (first === undefined || caller.scopes.includes('admin') || scopes.some((scope) => caller.scopes.includes(scope)))
    return;
  requireScope(caller, first);
}

/** How the caller is named in messages and events. */
export function callerName(caller: Caller): string {
  return caller.tokenId === null ? `user:${caller.userId}` : `token:${caller.tokenId}`;
}
