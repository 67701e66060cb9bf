import type { Transaction } from 'kysely';
import { StewardError } from '../../../contract/errors.ts';
import { isFinished } from '../../../contract/run.ts';
import type { Tables } from '../../../db/tables.ts';
import { startKind, workflowIdOf } from '../../../runs/run-start.ts';
import { notFound, requireId } from '../ids.ts';
import type { RunRow } from './views.ts';

export type Tx = Transaction<Tables>;

/** A run that the transaction's user may see. Throws `not_found`. */
export async function findRun(tx: Tx, runId: string): Promise<RunRow> {
  requireId('run', runId);
  const row = await tx.selectFrom('agentic_workflows').selectAll().where('id', '=', runId).executeTakeFirst();
  if (row === undefined) throw notFound('run', runId);
  return row;
}

/** Refuses a run that has ended. Throws `run_finished` with its status. */
export function requireUnfinished(run: RunRow): void {
  if (isFinished(run.status)) throw finishedError(run);
}

export function finishedError(run: RunRow): StewardError {
  const details = { runId: run.id, status: run.status, outcome: run.outcome };
  // A workflow that was terminated from outside never told its row.
  const message = isFinished(run.status)
    ? `The run has ended (${run.outcome ?? run.status}).`
    : `The run’s workflow has ended in Temporal; its row still says ${run.status}.`;
  return new StewardError('run_finished', message, { details });
}

/** The run's workflow in Temporal: runs started from the `temporal` CLI have an id of their own. */
export function workflowOf(run: RunRow): string {
  return run.workflow_id ?? workflowIdOf(run.id);
}

/** Whether the run's start waits in the outbox: Temporal does not know it yet. */
export async function isUndelivered(tx: Tx, runId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('outbox')
    .select('id')
    .where('run_id', '=', runId)
    .where('kind', '=', startKind)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes a run's start out of the outbox: it was delivered, or is not wanted any more. */
export async function closeStart(tx: Tx, runId: string): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ done_at: new Date(), last_error: null })
    .where('run_id', '=', runId)
    .where('kind', '=', startKind)
    .where('done_at', 'is', null)
    .execute();
}
