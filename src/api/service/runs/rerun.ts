import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import proto from '@temporalio/proto';
import { z } from 'zod';
import { invalidInput, StewardError } from '../../../contract/errors.ts';
import { isList } from '../../../contract/json.ts';
import type { Json } from '../../../contract/json.ts';
import { isFinished } from '../../../contract/run.ts';
import type { RunView } from '../../../contract/views.ts';
import { enqueue } from '../../../db/outbox.ts';
import { appendEvents } from '../../../db/runs/run-events.ts';
import { json } from '../../../db/values.ts';
import { updateKind } from '../../../runs/run-start.ts';
import type { CallContext } from '../context.ts';
import { callerName, requireScope } from '../scopes.ts';
import { callTemporal } from '../temporal-calls.ts';
import { parseOrRefuse } from './check-start.ts';
import { findRun, workflowOf } from './find.ts';
import type { Tx } from './find.ts';
import { findResetTarget } from './history.ts';
import type { ResetTarget } from './history.ts';
import { runView } from './views.ts';
import type { RunRow } from './views.ts';

type RerunParams = { readonly runId: string; readonly fromStep: number; readonly reason?: string };

const searchDeadlineMs = 15_000;
const resetDeadlineMs = 5_000;
const paramsSchema = z.object({ fromStep: z.int().min(1), reason: z.string().trim().max(2_000).optional() });
const { ResetReapplyType, ResetReapplyExcludeType } = proto.temporal.api.enums.v1;

// While a run works, a step of it may be half done, and its worker would go on beside the new execution.
function requireAtRest(run: RunRow): void {
  if (isFinished(run.status) || run.status === 'waiting' || run.status === 'paused') return;
  throw new StewardError('conflict', `The run is ${run.status}: pause it, or wait until it waits or has ended.`, {
    details: { runId: run.id, status: run.status },
  });
}

async function readStep(tx: Tx, run: RunRow, fromStep: number): Promise<void> {
  const step = await tx
    .selectFrom('agentic_workflow_steps')
    .select('id')
    .where('workflow_id', '=', run.id)
    .where('step_number', '=', fromStep)
    .executeTakeFirst();
  if (step === undefined) throw invalidInput([{ path: 'fromStep', message: `the run has no step ${fromStep}` }]);
}

async function findTarget(context: CallContext, run: RunRow, fromStep: number): Promise<ResetTarget> {
  const lost = 'Temporal does not hold the history of this step any more: start the run anew with retry.';
  try {
    const target = await callTemporal(
      context.temporal(),
      searchDeadlineMs,
      async (client) => await findResetTarget(client, workflowOf(run), fromStep),
    );
    if (target !== null) return target;
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
  throw new StewardError('conflict', lost, { details: { runId: run.id, fromStep } });
}

function epochList(epochs: Json): readonly Json[] {
  return isList(epochs) ? epochs : [];
}

function epochCount(epochs: Json): number {
  return epochList(epochs).length;
}

/** Forgets what the run did from the step on; events, files and what was applied stay. */
async function reopen(
  tx: Tx,
  run: RunRow,
  rerun: { readonly fromStep: number; readonly text: string; readonly at: string },
): Promise<RunRow> {
  const { fromStep, text, at } = rerun;
  const epochs = [...epochList(run.epochs), { fromStep, epoch: epochCount(run.epochs) + 1 }];
  await tx
    .deleteFrom('agentic_workflow_steps')
    .where('workflow_id', '=', run.id)
    .where('step_number', '>=', fromStep)
    .execute();
  await tx
    .updateTable('run_requests')
    .set({ status: 'withdrawn', closed_at: at })
    .where('run_id', '=', run.id)
    .where('status', '=', 'open')
    .execute();
  await tx
    .updateTable('proposals')
    .set({ status: 'withdrawn' })
    .where('run_id', '=', run.id)
    .where('status', '=', 'open')
    .execute();
  const reopened = await tx
    .updateTable('agentic_workflows')
    .set({
      status: 'running',
      outcome: null,
      output: null,
      summary: null,
      completed_at: null,
      paused_at: null,
      waiting_on: null,
      error_code: null,
      error_message: null,
      error_details: null,
      current_step: fromStep - 1,
      epochs: json(epochs),
    })
    .where('id', '=', run.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const data = { level: 'info', text, fromStep, epoch: epochs.length };
  await appendEvents(tx, {
    runId: run.id,
    userId: run.user_id,
    events: [{ changeKey: `rerun:${epochs.length}`, type: 'log', data, at }],
  });
  return reopened;
}

/** The answer or decision that the step began with is said again, by the dispatcher, once the reset is committed. */
async function resend(tx: Tx, run: RunRow, { updates }: ResetTarget): Promise<void> {
  const workflowId = workflowOf(run);
  for (const { updateId, input } of updates) {
    const payload = { workflowId, updateId: `${updateId}~${epochCount(run.epochs)}`, input };
    await enqueue(tx, { runId: run.id, userId: run.user_id, kind: updateKind, payload });
  }
}

async function reset(
  client: Client,
  workflowId: string,
  target: ResetTarget & { readonly reason: string },
): Promise<void> {
  const request = proto.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest.fromObject({
    namespace: client.options.namespace,
    workflowExecution: { workflowId, runId: target.temporalRunId },
    reason: target.reason,
    workflowTaskFinishEventId: target.eventId,
    requestId: randomUUID(),
    resetReapplyType: ResetReapplyType.RESET_REAPPLY_TYPE_NONE,
    resetReapplyExcludeTypes: [
      ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL,
      ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_UPDATE,
      ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_CANCEL_REQUEST,
    ],
  });
  await client.workflowService.resetWorkflowExecution(request);
}

/**
 * Runs again from a step on (Temporal's reset): results of earlier steps stay, later ones are forgotten, and their effects
 * happen anew under a new epoch. For runs that have ended, wait or are paused. Throws `conflict`, `invalid_input`.
 */
export async function rerunFrom(context: CallContext, params: RerunParams): Promise<RunView> {
  requireScope(context.caller, 'runs');
  const { fromStep, reason } = parseOrRefuse(paramsSchema, { fromStep: params.fromStep, reason: params.reason });
  const { userId } = context.caller;
  const before = await context.database.asUser(userId, async (tx) => {
    const run = await findRun(tx, params.runId);
    requireAtRest(run);
    await readStep(tx, run, fromStep);
    return run;
  });
  const target = await findTarget(context, before, fromStep);
  const text = `Run again from step ${fromStep} by ${callerName(context.caller)}: ${reason ?? 'no reason given'}.`;
  // The reset lies inside the transaction: the new execution's first write waits for the row's lock, so it finds the new
  // epoch, and a reset that fails leaves the rows as they were.
  const after = await context.database.asUser(userId, async (tx) => {
    await tx.selectFrom('agentic_workflows').select('id').where('id', '=', params.runId).forUpdate().executeTakeFirst();
    const run = await findRun(tx, params.runId);
    requireAtRest(run);
    const reopened = await reopen(tx, run, { fromStep, text, at: context.now().toISOString() });
    await resend(tx, reopened, target);
    await callTemporal(
      context.temporal(),
      resetDeadlineMs,
      async (client) => await reset(client, workflowOf(run), { ...target, reason: text }),
    );
    return reopened;
  });
  return runView(after);
}
