import { randomUUID } from 'node:crypto';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import { StewardError } from '../../../contract/errors.ts';
import { errorCodes } from '../../../contract/errors.ts';
import type { ErrorCode, ErrorDetails } from '../../../contract/errors.ts';
import type { Json } from '../../../contract/json.ts';
import type { MessageName, MessageReceipt } from '../../../contract/messages.ts';
import type { CallContext } from '../context.ts';
import { callerName } from '../scopes.ts';
import { callTemporal } from '../temporal-calls.ts';
import { findRun, finishedError, isUndelivered, requireUnfinished, workflowOf } from './find.ts';
import type { RunRow } from './views.ts';

export type Message = {
  readonly runId: string;
  readonly name: MessageName;
  readonly messageId: string | undefined;
  readonly payload: Readonly<Record<string, Json>>;
};

// A worker that is there answers within milliseconds; a cold one replays the run first.
// Temporal holds a message some seconds for a worker that just went; below the 30 s that the gateway gives a request.
const messageDeadlineMs = 20_000;

function codeOf(text: string | null | undefined): ErrorCode {
  return errorCodes.find((code) => code === text) ?? 'internal';
}

// Written by our own kernel as the failure's first detail.
function detailsOf(failure: ApplicationFailure): ErrorDetails {
  const [details] = failure.details ?? [];
  return typeof details === 'object' && details !== null ? (details as ErrorDetails) : {};
}

/** Why the run refused an update, in the codes of the contract. */
function refusalOf(error: WorkflowUpdateFailedError): StewardError {
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure))
    return new StewardError('internal', cause?.message ?? error.message, { cause: error });
  return new StewardError(codeOf(cause.type), cause.message, { details: detailsOf(cause), cause: error });
}

async function readRun(
  context: CallContext,
  runId: string,
): Promise<{ readonly run: RunRow; readonly undelivered: boolean }> {
  return await context.database.asUser(context.caller.userId, async (tx) => {
    const run = await findRun(tx, runId);
    return { run, undelivered: run.status === 'queued' && (await isUndelivered(tx, runId)) };
  });
}

/** The run's row, once it is certain that Temporal knows the run and it goes on. Throws `run_finished` or `conflict`. */
export async function requireReachable(context: CallContext, runId: string): Promise<RunRow> {
  const { run, undelivered } = await readRun(context, runId);
  requireUnfinished(run);
  if (undelivered) {
    throw new StewardError(
      'conflict',
      'The run has not started yet: it can be cancelled, and takes messages once it runs.',
      { details: { runId, status: run.status } },
    );
  }
  return run;
}

async function toRefusal(context: CallContext, run: RunRow, error: unknown): Promise<unknown> {
  if (error instanceof WorkflowUpdateFailedError) return refusalOf(error);
  if (!(error instanceof WorkflowNotFoundError)) return error;
  // It ended since its row was read, or Temporal has dropped it after its retention.
  const { run: now } = await readRun(context, run.id);
  return finishedError(now);
}

/**
 * Says something to a run and waits until it is taken or refused. Throws the run's own refusal, `run_finished`, or
 * `unavailable` when no worker answers within 20 s; then sending it again with the same `messageId` is safe.
 */
export async function sendMessage(context: CallContext, message: Message): Promise<MessageReceipt> {
  const run = await requireReachable(context, message.runId);
  const messageId = message.messageId ?? randomUUID();
  const argument = { ...message.payload, messageId, by: callerName(context.caller) };
  try {
    return await callTemporal(context.temporal(), messageDeadlineMs, async (client) => {
      const handle = client.workflow.getHandle(workflowOf(run));
      return await handle.executeUpdate<MessageReceipt, [typeof argument]>(message.name, {
        args: [argument],
        updateId: messageId,
      });
    });
  } catch (error) {
    throw await toRefusal(context, run, error);
  }
}
