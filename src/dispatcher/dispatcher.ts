import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { Database } from '../db/database.ts';
import { claimOutbox, finishOutbox, outboxChannel, retryOutbox } from '../db/outbox.ts';
import type { OutboxRow } from '../db/outbox.ts';
import { createPulse } from './pulse.ts';
import { readRunStart } from './read-start.ts';
import { cancelKind, startKind, startWorkflow, workflowIdOf } from './start-workflow.ts';

/** Where the dispatcher's log lines go; pino's logger fits. */
export interface DispatcherLog {
  warn(fields: object, text: string): void;
}

export type DispatcherDeps = {
  readonly database: Pick<Database, 'asService' | 'listen'>;
  /** Null while Temporal is away: entries wait and keep their attempts. */
  readonly temporal: () => Client | null;
  readonly taskQueues: { readonly runs: string };
  readonly now: () => Date;
  readonly log: DispatcherLog;
};

const pollMs = 1_000;
const batchSize = 20;
const deliveryMs = 10_000;
// Longer than a delivery may take, so that no second dispatcher starts one that is under way.
const leaseMs = 12_000;

async function deliver(deps: DispatcherDeps, client: Client, entry: OutboxRow): Promise<void> {
  if (entry.kind === startKind) {
    await startWorkflow(client, readRunStart(entry.payload), { taskQueue: deps.taskQueues.runs, now: deps.now() });
    return;
  }
  if (entry.kind !== cancelKind) throw new Error(`the outbox holds an unknown kind: ${entry.kind}`);
  try {
    await client.workflow.getHandle(workflowIdOf(String(entry.payload['runId']))).cancel();
  } catch (error) {
    // It never started, or has ended: that is what was wanted.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

async function deliverOne(deps: DispatcherDeps, client: Client, entry: OutboxRow): Promise<void> {
  try {
    await client.withDeadline(Date.now() + deliveryMs, async () => await deliver(deps, client, entry));
    await deps.database.asService(async (tx) => await finishOutbox(tx, { id: entry.id }));
  } catch (error) {
    deps.log.warn({ outboxId: entry.id, attempts: entry.attempts, err: error }, 'An outbox entry could not be delivered; it is tried again');
    const { id, attempts } = entry;
    await deps.database.asService(async (tx) => await retryOutbox(tx, { id, attempts, error: error instanceof Error ? error.message : String(error) }));
  }
}

/** Delivers what is due; returns whether there may be more. */
async function deliverBatch(deps: DispatcherDeps): Promise<boolean> {
  const client = deps.temporal();
  if (client === null) return false;
  const entries = await deps.database.asService(async (tx) => await claimOutbox(tx, { limit: batchSize, leaseMs }));
  await Promise.allSettled(entries.map(async (entry) => await deliverOne(deps, client, entry)));
  return entries.length === batchSize;
}

/**
 * Starts in Temporal what the database says is to be started: woken by each new entry, and once a second in case a
 * notification was lost or Temporal is back. Any number of dispatchers share the work; a start delivered twice is one.
 */
export function startDispatcher(deps: DispatcherDeps): { stop(): Promise<void> } {
  const pulse = createPulse({
    everyMs: pollMs,
    work: async () => await deliverBatch(deps),
    onTrouble: (error) => deps.log.warn({ err: error }, 'The outbox could not be read; trying again'),
  });
  // Without a listener the poll alone delivers; the port itself reconnects one that was lost.
  const listening = deps.database.listen(outboxChannel, () => pulse.wake()).catch((error: unknown) => {
    deps.log.warn({ err: error }, 'No notifications from the outbox; polling only');
    return null;
  });
  return {
    async stop() {
      await pulse.stop();
      const end = await listening;
      await end?.();
    },
  };
}
