import type { ErrorCode, ErrorDetails } from '../../../src/contract/errors.ts';

/** Why a message is refused: data, so that a signal can note it and an update can throw it. */
export type StewardFault = { readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails };

export function isFault(value: object): value is StewardFault {
  return 'code' in value && 'details' in value;
}
