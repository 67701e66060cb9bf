import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { JsonObject } from '../contract/json.ts';
import { cancelKind, scheduleKind, startKind, updateKind, workflowIdOf } from '../runs/run-start.ts';
import { isUnknown } from './away.ts';
import { readRunStart, readText } from './read-start.ts';
import { wakeSchedule } from './wake-schedule.ts';
import { startWorkflow } from './start-workflow.ts';

/** An update as the history holds it: `input` is Temporal's message in base64, encrypted if payloads are. */
export type SentUpdate = { readonly workflowId: string; readonly updateId: string; readonly input: string };

export type Delivery = { readonly kind: string; readonly payload: JsonObject };
type At = { readonly taskQueue: string; readonly now: Date };

const { UpdateWorkflowExecutionLifecycleStage: Stage } = proto.temporal.api.enums.v1;

// What has ended, or never started, needs neither a cancellation nor an update.
function isGone(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError || isUnknown(error);
}

async function sendUpdate(client: Client, payload: JsonObject): Promise<void> {
  const accepted = Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED;
  const { workflowService, options } = client;
  const { stage } = await workflowService.updateWorkflowExecution({
    namespace: options.namespace,
    workflowExecution: { workflowId: readText(payload, 'workflowId') },
    request: {
      meta: { updateId: readText(payload, 'updateId'), identity: options.identity },
      input: proto.temporal.api.update.v1.Input.decode(Buffer.from(readText(payload, 'input'), 'base64')),
    },
    waitPolicy: { lifecycleStage: accepted },
  });
  // The server answers in time even when no worker did; the same id asks again for the same update.
  if ((stage ?? 0) < accepted) throw new Error('no worker has taken the update yet');
}

/** Tells Temporal what a message of the outbox says. Telling it twice changes nothing. */
export async function deliver(client: Client, message: Delivery, at: At): Promise<void> {
  const { kind, payload } = message;
  if (kind === startKind) {
    await startWorkflow(client, readRunStart(payload), at);
    return;
  }
  if (kind === scheduleKind) {
    await wakeSchedule(client, readText(payload, 'scheduleId'), at);
    return;
  }
  try {
    if (kind === cancelKind) await client.workflow.getHandle(workflowIdOf(readText(payload, 'runId'))).cancel();
    else if (kind === updateKind) await sendUpdate(client, payload);
    else throw new Error(`the outbox holds an unknown kind: ${kind}`);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
