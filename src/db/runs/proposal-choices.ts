import type { Transaction } from 'kysely';
import { v5 as uuidV5 } from 'uuid';
import type { OperationOutline, OperationStatus, StoredChoice } from '../../contract/proposal.ts';
import type { Tables } from '../tables.ts';

type Tx = Transaction<Tables>;

/** What the operations of a proposal need and how they stand, in their order. */
export async function readOutlines(
  tx: Tx,
  proposalId: string,
): Promise<readonly (OperationOutline & { readonly status: OperationStatus })[]> {
  return await tx
    .selectFrom('proposal_operations')
    .select(['operation_id as id', 'requires', 'status'])
    .where('proposal_id', '=', proposalId)
    .orderBy('position')
    .execute();
}

/** Stores which operations are accepted; the same choice of the same proposal is stored once. */
export async function storeChoice(
  tx: Tx,
  choice: {
    readonly userId: string;
    readonly proposalId: string;
    readonly outlines: readonly OperationOutline[];
    readonly accepted: readonly string[];
  },
): Promise<StoredChoice> {
  const { userId, proposalId, outlines, accepted } = choice;
  const chosen = new Set(accepted);
  const refused = outlines.map(({ id }) => id).filter((id) => !chosen.has(id));
  if (refused.length === 0) return { choiceId: null, accepted: accepted.length };
  const id = uuidV5(JSON.stringify(refused), proposalId);
  await tx
    .insertInto('proposal_choices')
    .values({ id, user_id: userId, proposal_id: proposalId, refused })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  return { choiceId: id, accepted: accepted.length };
}

/** The operations that a stored choice leaves out, or null when the proposal has no such choice. */
export async function readRefused(
  tx: Tx,
  choice: { readonly proposalId: string; readonly choiceId: string },
): Promise<readonly string[] | null> {
  const row = await tx
    .selectFrom('proposal_choices')
    .select('refused')
    .where('id', '=', choice.choiceId)
    .where('proposal_id', '=', choice.proposalId)
    .executeTakeFirst();
  return row?.refused ?? null;
}
