import { sql } from 'kysely';
import type { JsonObject } from '../../../src/contract/json.ts';
import { finishedStatuses } from '../../../src/contract/run.ts';
import type { Tx } from '../../support/transaction.ts';

/** Marks the stored brain dump that a run is about as being read. One that was read before stays completed. */
export async function beginBrainDump(
  tx: Tx,
  { userId, input }: { readonly userId: string; readonly input: JsonObject },
): Promise<void> {
  const { brainDumpId } = input;
  if (typeof brainDumpId !== 'string') return;
  await tx
    .updateTable('brain_dumps')
    .set({ status: 'processing' })
    .where('id', '=', brainDumpId)
    .where('user_id', '=', userId)
    .where('status', 'in', ['pending', 'failed'])
    .execute();
}

/**
 * Whatever way the run ended, the brain dump that it is about is not being read any more: what the run completed stays
 * so, else it has failed, or waits to be read again. Unless another run is at it.
 */
export async function endBrainDump(
  tx: Tx,
  { runId, userId, failed }: { readonly runId: string; readonly userId: string; readonly failed: boolean },
): Promise<void> {
  const finished = sql.join([...finishedStatuses]);
  await sql`
    update brain_dumps dump set status = ${failed ? 'failed' : 'pending'}
    from agentic_workflows run
    where run.id = ${runId} and dump.user_id = ${userId} and dump.status = 'processing'
      and dump.id::text = run.input->>'brainDumpId'
      and not exists (
        select from agentic_workflows other
        where other.user_id = ${userId} and other.id <> run.id and other.status not in (${finished})
          and other.input->>'brainDumpId' = dump.id::text
      )`.execute(tx);
}
