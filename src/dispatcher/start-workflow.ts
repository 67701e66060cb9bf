import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Client, WorkflowStartOptions } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { StartArgument } from '../contract/run.ts';
import { workflowIdOf } from '../runs/run-start.ts';
import type { RunStart } from '../runs/run-start.ts';

type StartByName = (argument: StartArgument) => Promise<unknown>;

const typeKey = defineSearchAttributeKey('StewardType', 'KEYWORD');
const userKey = defineSearchAttributeKey('StewardUser', 'KEYWORD');
const projectKey = defineSearchAttributeKey('StewardProject', 'KEYWORD');
const statusKey = defineSearchAttributeKey('StewardStatus', 'KEYWORD');

// Temporal has five levels where a run has ten.
function priorityKey(priority: number): number {
  return Math.min(5, Math.max(1, Math.ceil(priority / 2)));
}

/** Options of the start: idempotent by workflow id, prioritized, fair between users, and named for the Web UI. */
export function startOptions(
  start: RunStart,
  at: { readonly taskQueue: string; readonly now: Date },
): WorkflowStartOptions<StartByName> {
  const delayMs = start.startAt === null ? 0 : Date.parse(start.startAt) - at.now.getTime();
  const attributes = [
    { key: typeKey, value: start.type },
    { key: userKey, value: start.userId },
    { key: statusKey, value: 'queued' },
    ...(start.projectId === null ? [] : [{ key: projectKey, value: start.projectId }]),
  ];
  return {
    workflowId: workflowIdOf(start.runId),
    taskQueue: at.taskQueue,
    args: [{ runId: start.runId }],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    priority: { priorityKey: priorityKey(start.priority), fairnessKey: start.userId },
    typedSearchAttributes: attributes,
    staticSummary: start.name,
    staticDetails: `Steward run \`${start.runId}\` of type **${start.type}**`,
    memo: { runId: start.runId, userId: start.userId },
    ...(delayMs > 0 ? { startDelay: delayMs } : {}),
  };
}

/** Starts the workflow of a run; one that is running or has run already is a success. */
export async function startWorkflow(
  client: Client,
  start: RunStart,
  at: { readonly taskQueue: string; readonly now: Date },
): Promise<void> {
  try {
    await client.workflow.start<StartByName>(start.type, startOptions(start, at));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
