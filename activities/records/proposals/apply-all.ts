import type { Applied } from '../api.ts';
import type { Tx } from '../../support/transaction.ts';
import { applyOne } from './apply-one.ts';
import type { Applying, Execute } from './apply-one.ts';
import { applyTogether } from './apply-together.ts';
import { countKinds } from './check-draft.ts';
import { markOperation } from './mark.ts';
import type { StoredOperation, StoredProposal } from './stored-proposal.ts';

type Failed = Applied['failed'][number];

/** Why an operation can't be done because another one it requires was not, or null. */
function blockedBy(stored: StoredOperation, outcomes: ReadonlyMap<string, StoredOperation['status']>): string | null {
  const missing = stored.operation.requires.find((id) => outcomes.get(id) !== 'applied');
  return missing === undefined ? null : `It needs ${missing}, which was not applied.`;
}

/** Whether each finds what it requires done before it. */
function canGoTogether(
  open: readonly StoredOperation[],
  outcomes: ReadonlyMap<string, StoredOperation['status']>,
): boolean {
  const assumed = new Map(outcomes);
  return open.every((stored) => {
    const free = blockedBy(stored, assumed) === null;
    assumed.set(stored.operation.id, 'applied');
    return free;
  });
}

/**
 * Does the accepted ones of `mine` in order, each once. What failed is left out with everything that requires it. `mine`
 * are operations of the proposal; the others only count as what they require.
 */
export async function applyAll(
  tx: Tx,
  applying: Applying,
  work: { readonly proposal: StoredProposal; readonly mine: readonly StoredOperation[]; readonly execute: Execute },
): Promise<readonly Failed[]> {
  const { proposalId, accepted } = applying.params;
  const chosen = new Set(accepted);
  const outcomes = new Map(work.proposal.operations.map((stored) => [stored.operation.id, stored.status]));
  const open = work.mine.filter((stored) => chosen.has(stored.operation.id) && stored.status !== 'applied');
  if (canGoTogether(open, outcomes) && (await applyTogether(tx, applying, { chosen: open, execute: work.execute })))
    return [];
  const failed: Failed[] = [];
  for (const stored of open) {
    const operationId = stored.operation.id;
    const blocked = blockedBy(stored, outcomes);
    if (blocked !== null) await markOperation(tx, { proposalId, operationId, status: 'skipped', error: blocked });
    const error = blocked ?? (await applyOne(tx, applying, { stored, execute: work.execute }));
    outcomes.set(operationId, error === null ? 'applied' : blocked === null ? 'failed' : 'skipped');
    if (error !== null) failed.push({ operationId, error });
  }
  return failed;
}

/** What was done with these operations, as the workflow and people are told. */
export function summarize(proposalId: string, operations: readonly StoredOperation[]): Applied {
  const applied = operations.filter((stored) => stored.status === 'applied');
  return {
    proposalId,
    applied: applied.length,
    refused: operations.filter((stored) => stored.status === 'refused').length,
    failed: operations
      .filter((stored) => stored.status === 'failed' || stored.status === 'skipped')
      .map((stored) => ({ operationId: stored.operation.id, error: stored.error ?? '' })),
    counts: countKinds(applied.map((stored) => stored.operation)),
  };
}
