import type { ProposalDraft } from '../../../src/contract/proposal.ts';
import type { RunRef } from '../../../src/contract/run.ts';
import { json, jsonOrNull } from '../../../src/db/values.ts';
import { digestOf } from '../../support/digest.ts';
import { asJson } from '../../support/json-value.ts';
import type { Tx } from '../../support/transaction.ts';
import { snapshotBefore } from '../operations/registry.ts';

type Storing = {
  readonly run: RunRef;
  readonly proposalId: string;
  readonly name: string;
  readonly draft: ProposalDraft;
  readonly at: string;
};
export type Stored = { readonly digest: string; readonly revision: number };

// Far below what one statement may carry as parameters (65,535), at ten columns a row.
const rowsPerInsert = 500;

async function nextRevision(tx: Tx, { run, name }: Storing): Promise<number> {
  const latest = await tx
    .selectFrom('proposals')
    .select((row) => row.fn.max('revision').as('revision'))
    .where('run_id', '=', run.runId)
    .where('name', '=', name)
    .executeTakeFirst();
  return (latest?.revision ?? 0) + 1;
}

async function storeOperations(tx: Tx, { run, proposalId, draft }: Storing): Promise<void> {
  const context = { tx, userId: run.userId, runId: run.runId };
  const rows = [];
  for (const [index, operation] of draft.operations.entries()) {
    rows.push({
      proposal_id: proposalId,
      operation_id: operation.id,
      position: index + 1,
      user_id: run.userId,
      kind: operation.kind,
      payload: json(operation.payload),
      title: operation.title,
      reason: operation.reason,
      requires: operation.requires,
      before: jsonOrNull(await snapshotBefore(context, operation)),
    });
  }
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    await tx
      .insertInto('proposal_operations')
      .values(rows.slice(start, start + rowsPerInsert))
      .execute();
  }
}

/** Stores a draft as the next revision of its name. The digest is of its operations: what is approved is what is applied. */
export async function storeProposal(tx: Tx, storing: Storing): Promise<Stored> {
  const { run, proposalId, name, draft, at } = storing;
  const digest = digestOf(asJson(draft.operations));
  const revision = await nextRevision(tx, storing);
  await tx
    .insertInto('proposals')
    .values({
      id: proposalId,
      run_id: run.runId,
      user_id: run.userId,
      name,
      revision,
      digest,
      title: draft.title,
      summary: draft.summary,
      notes: json(draft.notes),
      created_at: at,
    })
    .execute();
  await storeOperations(tx, storing);
  return { digest, revision };
}
