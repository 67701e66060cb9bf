import { StewardError } from '../../../src/contract/errors.ts';
import type { Json } from '../../../src/contract/json.ts';
import type { RunRef } from '../../../src/contract/run.ts';
import { epochOf } from '../../support/effect-key.ts';
import type { EpochMark } from '../../support/effect-key.ts';
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

function isMark(value: Json): value is EpochMark {
  return typeof value === 'object' && value !== null && 'fromStep' in value && typeof value['fromStep'] === 'number' && 'epoch' in value && typeof value['epoch'] === 'number';
}

function readMarks(value: Json): readonly EpochMark[] {
  return Array.isArray(value) ? value.filter(isMark) : [];
}

/** Throws `not_found` when the run is not there or not this user's. */
export async function lockRun(tx: Tx, ref: RunRef): Promise<LockedRun> {
  const row = await tx
    .selectFrom('agentic_workflows')
    .select(['name', 'project_id', 'state_seq', 'epochs'])
    .where('id', '=', ref.runId)
    .where('user_id', '=', ref.userId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new StewardError('not_found', `Run ${ref.runId} is not in the database.`);
  const epochs = readMarks(row.epochs);
  return { ref, name: row.name, projectId: row.project_id, stateSeq: row.state_seq, epochs, epoch: epochOf(epochs, Number.MAX_SAFE_INTEGER) };
}
