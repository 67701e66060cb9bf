import type { Client } from '@temporalio/client';
import type { Database } from '../db/database.ts';
import { claimOutbox, finishOutbox, outboxChannel, retryOutbox } from '../db/outbox.ts';
import type { OutboxRow } from '../db/outbox.ts';
import { isAway } from './away.ts';
import { deliver } from './deliver.ts';
import { createPulse } from './pulse.ts';

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
// With Temporal away there is no use in waiting ever longer (2 s at this count): what was kept should start once it is back.
const awayAttempts = 3;
const deliveryMs = 10_000;
// Longer than a delivery may take, so that no second dispatcher starts one that is under way.
const leaseMs = 12_000;

async function deliverOne(deps: DispatcherDeps, client: Client, entry: OutboxRow): Promise<void> {
  const at = { taskQueue: deps.taskQueues.runs, now: deps.now() };
  try {
    await client.withDeadline(Date.now() + deliveryMs, async () => await deliver(client, entry, at));
    await deps.database.asService(async (tx) => await finishOutbox(tx, { id: entry.id }));
  } catch (error) {
    deps.log.warn(
      { outboxId: entry.id, attempts: entry.attempts, err: error },
      'An outbox entry could not be delivered; it is tried again',
    );
    const { id } = entry;
    const attempts = isAway(error) ? Math.min(entry.attempts, awayAttempts) : entry.attempts;
    await deps.database.asService(
      async (tx) =>
        await retryOutbox(tx, { id, attempts, error: error instanceof Error ? error.message : String(error) }),
    );
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
  const listening = deps.database
    .listen(outboxChannel, () => pulse.wake())
    .catch((error: unknown) => {
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
