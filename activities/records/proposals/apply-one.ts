import { StewardError } from '../../../src/contract/errors.ts';
import type { Operation } from '../../../src/contract/proposal.ts';
import type { ClaimEffect } from '../../../src/db/effects.ts';
import { toStewardError } from '../../../src/db/errors.ts';
import { digestOf } from '../../support/digest.ts';
import { stepEffectKey } from '../../support/effect-key.ts';
import { asJson } from '../../support/json-value.ts';
import { once } from '../../support/once.ts';
import { inSavepoint } from '../../support/transaction.ts';
import type { Tx } from '../../support/transaction.ts';
import type { Executed } from '../operations/executor.ts';
import type { ApplyParams } from '../api.ts';
import { markOperation } from './mark.ts';
import type { StoredOperation } from './stored-proposal.ts';

export type Applying = { readonly params: ApplyParams; readonly epoch: number; readonly attempt: number };
/** How operations are done: one, or several in order, all or none. */
export type Execute = {
  readonly one: (stored: StoredOperation) => Promise<Executed>;
  readonly all: (all: readonly StoredOperation[]) => Promise<readonly Executed[]>;
};

/** What a person reads of a failed operation. Transient errors are not the operation's: they are thrown on. */
function reasonOf(error: unknown): string {
  const known = toStewardError(error);
  if (known instanceof StewardError && (known.code === 'unavailable' || known.code === 'stale_attempt')) throw known;
  return known instanceof Error ? known.message : String(known);
}

/** What names an operation in the ledger. */
export function claimOf(applying: Applying, operation: Operation): ClaimEffect {
  const { params, epoch, attempt } = applying;
  const { runId, userId } = params.run;
  const name = `operation:${params.proposalId}:${operation.id}`;
  const key = stepEffectKey(runId, { step: params.step, epoch, name });
  const requestHash = digestOf(asJson(operation));
  return { key, runId, userId, stepNumber: params.step.number, name: operation.kind, requestHash, attempt };
}

async function executeOnce(
  tx: Tx,
  applying: Applying,
  work: { readonly stored: StoredOperation; readonly execute: Execute },
): Promise<Executed> {
  const claim = claimOf(applying, work.stored.operation);
  return once(tx, claim, () => work.execute.one(work.stored));
}

/**
 * Does one accepted operation, once by its key, and writes how it ended. A failure takes back only what the operation
 * itself did. Returns the reason of a failure, or null.
 */
export async function applyOne(
  tx: Tx,
  applying: Applying,
  work: { readonly stored: StoredOperation; readonly execute: Execute },
): Promise<string | null> {
  const { proposalId } = applying.params;
  const operationId = work.stored.operation.id;
  try {
    const { result, undo } = await inSavepoint(tx, async () => await executeOnce(tx, applying, work));
    await markOperation(tx, { proposalId, operationId, status: 'applied', result, undo });
    return null;
  } catch (error) {
    const reason = reasonOf(error);
    await markOperation(tx, { proposalId, operationId, status: 'failed', error: reason });
    return reason;
  }
}
