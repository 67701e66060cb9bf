import { StewardError } from '../../contract/errors.ts';
import type { Caller } from '../deps.ts';

/** Dialects name the user in the body: the caller's own, or any for `admin`. Throws `forbidden`. */
export function actFor(caller: Caller, userId: string): Caller {
  if (caller.userId.toLowerCase() === userId.toLowerCase()) return caller;
  if (caller.scopes.includes('admin')) return { ...caller, userId };
  throw new StewardError('forbidden', 'This token belongs to another user than userId names.', {
    details: { problems: [{ path: 'userId', message: 'is not the user of this token' }] },
  });
}
