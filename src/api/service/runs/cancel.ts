import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { z } from 'zod';
import type { MessageReceipt } from '../../../contract/messages.ts';
import { appendEvents } from '../../../db/runs/run-events.ts';
import { enqueue } from '../../../db/outbox.ts';
import { cancelKind } from '../../../runs/run-start.ts';
import type { MessageOptions } from '../../runs-api.ts';
import type { CallContext } from '../context.ts';
import { callerName, requireScope } from '../scopes.ts';
import { callTemporal } from '../temporal-calls.ts';
import { parseOrRefuse } from './check-start.ts';
import { closeStart, finishedError, findRun, isUndelivered, requireUnfinished, workflowOf } from './find.ts';
import type { Tx } from './find.ts';
import type { RunRow } from './views.ts';

const cancelDeadlineMs = 10_000;
// Longer than any attempt to start a workflow lasts (`dispatcher.ts`).
const lateStartMs = 15_000;
const reasonText = z.string().trim().max(2_000).optional();

type Ended = { readonly context: CallContext; readonly run: RunRow; readonly ending: Ending };
type Ending = { readonly reason: string | null; readonly outcome: 'stopped' | 'cancelled' };

/** Ends a run that no workflow will ever end: its row, its outbox row and its last event. */
async function endRow(tx: Tx, { context, run, ending }: Ended): Promise<void> {
  const at = context.now().toISOString();
  const by = callerName(context.caller);
  await closeStart(tx, run.id);
  await tx
    .updateTable('agentic_workflows')
    .set({ status: 'cancelled', outcome: ending.outcome, completed_at: at, waiting_on: null })
    .where('id', '=', run.id)
    .execute();
  const data = {
    status: 'cancelled',
    outcome: ending.outcome,
    result: null,
    errorCode: null,
    errorMessage: null,
    errorDetails: null,
    budget: run.budget,
    reason: ending.reason,
    by,
  };
  await appendEvents(tx, {
    runId: run.id,
    userId: run.user_id,
    events: [{ changeKey: 'cancelled-before-start', type: 'run.finished', data, at }],
  });
}

/**
 * Ends a run that Temporal does not know yet. False when it does (or may) know it. Throws `not_found`, `run_finished`.
 */
export async function cancelUndelivered(
  context: CallContext,
  params: { readonly runId: string } & Ending,
): Promise<boolean> {
  return await context.database.asUser(context.caller.userId, async (tx) => {
    const run = await findRun(tx, params.runId);
    requireUnfinished(run);
    if (run.status !== 'queued' || !(await isUndelivered(tx, run.id))) return false;
    await endRow(tx, { context, run, ending: params });
    // A start that nobody got an answer to may have reached Temporal all the same.
    const notBefore = new Date(Date.now() + lateStartMs).toISOString();
    await enqueue(tx, { runId: run.id, userId: run.user_id, kind: cancelKind, payload: { runId: run.id }, notBefore });
    return true;
  });
}

async function noteCancel(
  context: CallContext,
  run: RunRow,
  message: { readonly messageId: string; readonly reason: string | null },
): Promise<void> {
  const text = `Cancel asked for by ${callerName(context.caller)}: ${message.reason ?? 'no reason given'}.`;
  const event = {
    changeKey: `cancel:${message.messageId}`,
    type: 'log',
    data: { level: 'info', text },
    at: context.now().toISOString(),
  };
  await context.database.asUser(
    context.caller.userId,
    async (tx) => await appendEvents(tx, { runId: run.id, userId: run.user_id, events: [event] }),
  );
}

// A workflow whose start is delayed would take note of its cancellation only then.
function isDelayed(run: RunRow, now: Date): boolean {
  return run.status === 'queued' && run.scheduled_for !== null && Date.parse(run.scheduled_for) > now.getTime();
}

async function tellTemporal(
  context: CallContext,
  run: RunRow,
  tell: (handle: WorkflowHandle) => Promise<unknown>,
): Promise<void> {
  try {
    await callTemporal(
      context.temporal(),
      cancelDeadlineMs,
      async (client) => await tell(client.workflow.getHandle(workflowOf(run))),
    );
  } catch (error) {
    throw error instanceof WorkflowNotFoundError ? finishedError(run) : error;
  }
}

async function cancelWorkflow(
  context: CallContext,
  run: RunRow,
  message: { readonly messageId: string; readonly reason: string | null },
): Promise<void> {
  if (!isDelayed(run, context.now())) {
    await noteCancel(context, run, message);
    return await tellTemporal(context, run, async (handle) => await handle.cancel());
  }
  const { reason } = message;
  await tellTemporal(context, run, async (handle) => await handle.terminate(reason ?? 'cancelled before its start'));
  await context.database.asUser(
    context.caller.userId,
    async (tx) => await endRow(tx, { context, run, ending: { reason, outcome: 'cancelled' } }),
  );
}

/** Ends a run now; what must not stay half done is taken back. Throws `run_finished`, `unavailable`. */
export async function cancelRun(
  context: CallContext,
  params: { readonly runId: string; readonly reason?: string } & MessageOptions,
): Promise<MessageReceipt> {
  requireScope(context.caller, 'runs');
  const reason = parseOrRefuse(reasonText, params.reason, 'reason') ?? null;
  if (await cancelUndelivered(context, { runId: params.runId, reason, outcome: 'cancelled' }))
    return { accepted: true, duplicate: false };
  const run = await context.database.asUser(context.caller.userId, async (tx) => await findRun(tx, params.runId));
  requireUnfinished(run);
  await cancelWorkflow(context, run, { reason, messageId: params.messageId ?? randomUUID() });
  return { accepted: true, duplicate: false };
}
