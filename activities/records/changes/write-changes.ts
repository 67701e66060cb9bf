import type { RunChange } from '../../../src/contract/events.ts';
import type { RunRef } from '../../../src/contract/run.ts';
import { appendEvents } from '../../../src/db/runs/run-events.ts';
import { derivedId } from '../../support/digest.ts';
import type { Tx } from '../../support/transaction.ts';
import { closeRun } from './finish-rows.ts';
import { notify } from './notify.ts';
import { withdrawProposals, writeDecision } from './proposal-rows.ts';
import { writeDeadline, writeRequestClosed, writeRequestOpened, writeRequestReminded } from './request-rows.ts';
import { lockRun } from './run-lock.ts';
import type { LockedRun } from './run-lock.ts';
import { runColumns } from './run-rows.ts';
import { writeStepEnd, writeStepStart } from './step-rows.ts';
import { unwritten } from './unwritten.ts';

async function writeContext(
  tx: Tx,
  run: LockedRun,
  context: { readonly id: string; readonly text: string | null; readonly source: string; readonly at: string },
): Promise<void> {
  // Without a text it was stored by whoever sent the message.
  if (context.text === null) return;
  const { runId, userId } = run.ref;
  await tx
    .insertInto('run_context')
    .values({
      id: derivedId(`context:${runId}:${context.id}`),
      run_id: runId,
      user_id: userId,
      text: context.text,
      source: context.source,
      message_id: context.id,
      created_at: context.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function writeRows(tx: Tx, run: LockedRun, change: RunChange): Promise<void> {
  const { event, at } = change;
  switch (event.type) {
    case 'step.started':
      return await writeStepStart(tx, run, { step: event.step, input: event.input, at });
    case 'step.finished':
      return await writeStepEnd(tx, run, { ...event, at });
    case 'request.opened':
      return await writeRequestOpened(tx, run, { request: event.request, at });
    case 'request.reminded':
      return await writeRequestReminded(tx, run, { event, at });
    case 'request.closed':
      return await writeRequestClosed(tx, run, { event, at });
    case 'proposal.decided':
      return await writeDecision(tx, run, { event, at });
    case 'proposal.withdrawn':
      return await withdrawProposals(tx, run, event.proposalId);
    case 'context.added':
      return await writeContext(tx, run, { id: event.contextId, text: event.text, source: event.source, at });
    case 'run.finished':
      return await closeRun(tx, run, { at, failed: event.status === 'failed' });
    case 'run.status':
      return await writeDeadline(tx, run, event.waitingOn);
    case 'run.phase':
    case 'run.retrying':
    case 'budget.changed':
    case 'message.ignored':
    case 'log':
      return;
  }
}

/**
 * Writes changes of a run's state to its rows and to `run_events`, in order, each once by its key. An older change than
 * the newest written is still listed as an event, but no longer moves the run's row. Locks the run's row.
 * Throws `not_found` when the run is not in the database.
 */
export async function writeChanges(
  tx: Tx,
  projected: { readonly run: RunRef; readonly changes: readonly RunChange[] },
): Promise<LockedRun> {
  const run = await lockRun(tx, projected.run);
  if (projected.changes.length === 0) return run;
  const fresh = await unwritten(tx, run, projected.changes);
  for (const { change } of fresh) {
    await writeRows(tx, run, change);
    await notify(tx, run, change);
  }
  const events = fresh.map(({ change, key, data }) => ({
    changeKey: key,
    type: change.event.type,
    data,
    at: change.at,
  }));
  await appendEvents(tx, { runId: run.ref.runId, events, columns: runColumns(run, fresh), locked: true });
  return run;
}
