import type { OperationStatus } from '../../../src/contract/proposal.ts';
import type { Tx } from '../../support/transaction.ts';
import { applyOne } from './apply-one.ts';
import type { Applying, Execute } from './apply-one.ts';
import { applyTogether } from './apply-together.ts';
import { markOperation } from './mark.ts';
import type { StoredOperation } from './stored-proposal.ts';

type Outcomes = ReadonlyMap<string, OperationStatus>;

/** Why an operation can't be done because another one it requires was not, or null. */
function blockedBy(stored: StoredOperation, outcomes: Outcomes): string | null {
  const missing = stored.operation.requires.find((id) => outcomes.get(id) !== 'applied');
  return missing === undefined ? null : `It needs ${missing}, which was not applied.`;
}

/** Whether each finds what it requires done before it. */
function canGoTogether(open: readonly StoredOperation[], outcomes: Outcomes): boolean {
  const assumed = new Map(outcomes);
  return open.every((stored) => {
    const free = blockedBy(stored, assumed) === null;
    assumed.set(stored.operation.id, 'applied');
    return free;
  });
}

/**
 * Does these operations in order, each once. What failed is left out with everything that requires it. `required` says
 * how what they require stands. Returns how many failed.
 */
export async function applyAll(
  tx: Tx,
  applying: Applying,
  work: { readonly open: readonly StoredOperation[]; readonly required: Outcomes; readonly execute: Execute },
): Promise<number> {
  const { proposalId } = applying.params;
  const { open, execute } = work;
  if (canGoTogether(open, work.required) && (await applyTogether(tx, applying, { chosen: open, execute }))) return 0;
  const outcomes = new Map(work.required);
  let failed = 0;
  for (const stored of open) {
    const operationId = stored.operation.id;
    const blocked = blockedBy(stored, outcomes);
    if (blocked !== null) await markOperation(tx, { proposalId, operationId, status: 'skipped', error: blocked });
    const error = blocked ?? (await applyOne(tx, applying, { stored, execute }));
    outcomes.set(operationId, error === null ? 'applied' : blocked === null ? 'failed' : 'skipped');
    if (error !== null) failed += 1;
  }
  return failed;
}
