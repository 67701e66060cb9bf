import { StewardError } from '../../../src/contract/errors.ts';
import type { RunRef } from '../../../src/contract/run.ts';
import { epochOf } from '../../support/effect-key.ts';
import type { EpochMark } from '../../support/effect-key.ts';
import { readEpochs } from '../../support/epochs.ts';
import type { Tx } from '../../support/transaction.ts';

/** A run's row, locked until the transaction ends: writers of one run take turns, so its events keep their order. */
export type LockedRun = {
  readonly ref: RunRef;
  readonly name: string;
  readonly projectId: string | null;
  readonly stateSeq: number;
  readonly epochs: readonly EpochMark[];
  /** The run's highest epoch: how often it was rerun from a step. */
  readonly epoch: number;
};

/** Throws `not_found` when the run is not there or not this user's. */
export async function lockRun(tx: Tx, ref: RunRef): Promise<LockedRun> {
  const row = await tx
    .selectFrom('agentic_workflows')
    .select(['name', 'project_id', 'state_seq', 'epochs'])
    .where('id', '=', ref.runId)
    .where('user_id', '=', ref.userId)
    // Not `for update`: rows that refer to the run may be added meanwhile, usage above all.
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new StewardError('not_found', `Run ${ref.runId} is not in the database.`);
  const epochs = readEpochs(row.epochs);
  return {
    ref,
    name: row.name,
    projectId: row.project_id,
    stateSeq: row.state_seq,
    epochs,
    epoch: epochOf(epochs, Number.MAX_SAFE_INTEGER),
  };
}
