import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { BudgetLimits } from '../../../contract/budget.ts';
import type { MessageReceipt } from '../../../contract/messages.ts';
import { budgetInput } from '../../../schemas/common-input.ts';
import type { MessageOptions } from '../../runs-api.ts';
import type { CallContext } from '../context.ts';
import { callerName, requireScope } from '../scopes.ts';
import { parseOrRefuse } from './check-start.ts';
import { cancelUndelivered } from './cancel.ts';
import { findRun } from './find.ts';
import { requireReachable, sendMessage } from './messages.ts';

type Reasoned = { readonly runId: string; readonly reason?: string } & MessageOptions;

const reasonText = z.string().trim().max(2_000).optional();
const contextText = z.string().trim().min(1, 'say what the run should know').max(200_000);

// What is longer travels by reference, so that no long text enters the history.
const inlineBytes = 1_024;

function withReason(reason: string | undefined): { readonly reason?: string } {
  const text = parseOrRefuse(reasonText, reason, 'reason');
  return text === undefined || text === '' ? {} : { reason: text };
}

/** Holds a run at its next step border; deadlines move by the time it is held. */
export async function pauseRun(context: CallContext, params: Reasoned): Promise<MessageReceipt> {
  requireScope(context.caller, 'runs');
  return await sendMessage(context, {
    runId: params.runId,
    name: 'pause',
    messageId: params.messageId,
    payload: withReason(params.reason),
  });
}

/** Lets a paused run go on. */
export async function resumeRun(
  context: CallContext,
  params: { readonly runId: string } & MessageOptions,
): Promise<MessageReceipt> {
  requireScope(context.caller, 'runs');
  return await sendMessage(context, { runId: params.runId, name: 'resume', messageId: params.messageId, payload: {} });
}

/** Ends a run at its next step border; one that Temporal does not know yet never starts. */
export async function stopRun(context: CallContext, params: Reasoned): Promise<MessageReceipt> {
  requireScope(context.caller, 'runs');
  const reason = withReason(params.reason);
  const cancelled = await cancelUndelivered(context, {
    runId: params.runId,
    reason: reason.reason ?? null,
    outcome: 'stopped',
  });
  if (cancelled) return { accepted: true, duplicate: false };
  return await sendMessage(context, {
    runId: params.runId,
    name: 'stop',
    messageId: params.messageId,
    payload: reason,
  });
}

/** Changes the limits of a run's budget; a limit that is left out stays. */
export async function setBudget(
  context: CallContext,
  params: { readonly runId: string } & Partial<BudgetLimits> & MessageOptions,
): Promise<MessageReceipt> {
  // Raising a limit answers the question that the hard line asks a person: no agent lifts its own.
  requireScope(context.caller, 'decide');
  const { runId, messageId, ...given } = params;
  const limits = parseOrRefuse(
    budgetInput.refine((value) => Object.keys(value).length > 0, {
      path: ['maxCostUsd'],
      message: 'give at least one limit to change',
    }),
    given,
  );
  return await sendMessage(context, {
    runId,
    name: 'setBudget',
    messageId,
    payload: JSON.parse(JSON.stringify(limits)) as Record<string, number>,
  });
}

async function storeContext(
  context: CallContext,
  added: { readonly runId: string; readonly text: string; readonly messageId: string },
): Promise<string> {
  const { runId, text, messageId } = added;
  const { userId } = context.caller;
  return await context.database.asUser(userId, async (tx) => {
    await findRun(tx, runId);
    const source = callerName(context.caller);
    const row = await tx
      .insertInto('run_context')
      .values({ run_id: runId, user_id: userId, text, source, message_id: messageId })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (row !== undefined) return row.id;
    const { id } = await tx
      .selectFrom('run_context')
      .select('id')
      .where('run_id', '=', runId)
      .where('message_id', '=', messageId)
      .executeTakeFirstOrThrow();
    return id;
  });
}

/** Tells a run something it should know from now on: model calls that start later see it. */
export async function addContext(
  context: CallContext,
  params: { readonly runId: string; readonly text: string } & MessageOptions,
): Promise<MessageReceipt> {
  requireScope(context.caller, 'runs');
  const { runId } = params;
  const text = parseOrRefuse(contextText, params.text, 'text');
  const messageId = params.messageId ?? randomUUID();
  if (Buffer.byteLength(text) <= inlineBytes)
    return await sendMessage(context, { runId, name: 'addContext', messageId, payload: { text } });
  // Checked first, so that a run that can't be told anything keeps no text.
  await requireReachable(context, runId);
  const contextId = await storeContext(context, { runId, text, messageId });
  return await sendMessage(context, { runId, name: 'addContext', messageId, payload: { contextId } });
}
