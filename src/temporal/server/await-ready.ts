import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

/** Kept runs: 30 days instead of the server's 24 hours. */
const retention = '30 days';

async function describe(connection: Connection, namespace: string): Promise<boolean> {
  try {
    await connection.withDeadline(Date.now() + 2_000, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch {
    // Not listening yet, or the namespace isn't made yet.
    return false;
  }
}

async function keepRuns(connection: Connection, namespace: string): Promise<void> {
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs(retention) },
  });
}

/**
 * Resolves when the server answers for the namespace, which then keeps finished runs for 30 days. Resolves to false when
 * `deadline` passed or `gaveUp()` says that waiting is in vain.
 */
export async function awaitReady(params: {
  readonly address: string;
  readonly namespace: string;
  readonly deadlineMs: number;
  readonly gaveUp: () => boolean;
}): Promise<boolean> {
  const connection = Connection.lazy({ address: params.address, connectTimeout: 2_000, interceptors: [] });
  try {
    while (Date.now() < params.deadlineMs && !params.gaveUp()) {
      if (await describe(connection, params.namespace)) {
        await keepRuns(connection, params.namespace);
        return true;
      }
      await delay(100);
    }
    return false;
  } finally {
    await connection.close();
  }
}
