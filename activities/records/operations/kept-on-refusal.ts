import { StewardError } from '../../../src/contract/errors.ts';
import { toStewardError } from '../../../src/db/errors.ts';
import { inSavepoint } from '../../support/transaction.ts';
import type { Tx } from '../../support/transaction.ts';
import type { UndoOutcome } from './executor.ts';
import { kept } from './executor.ts';

/** Undoes one operation. What the database's rules, or a foreign change, have come to stand against is kept, with the reason. */
export async function keptOnRefusal(tx: Tx, undo: () => Promise<UndoOutcome>): Promise<UndoOutcome> {
  try {
    return await inSavepoint(tx, undo);
  } catch (error) {
    const known = toStewardError(error);
    if (known instanceof StewardError && ['conflict', 'invalid_input', 'not_found'].includes(known.code))
      return kept(known.message);
    throw error;
  }
}
