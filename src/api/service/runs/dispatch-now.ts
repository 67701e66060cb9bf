import { startWorkflow } from '../../../dispatcher/start-workflow.ts';
import type { RunStart } from '../../../runs/run-start.ts';
import type { CallContext } from '../context.ts';
import { callTemporal } from '../temporal-calls.ts';
import { closeStart } from './find.ts';

// With what the database needs before it, a start is answered within a second even when Temporal is away.
const startDeadlineMs = 800;

/** Tries to start the run's workflow right away; when that fails the dispatcher does it. Never throws. */
export async function dispatchNow(context: CallContext, start: RunStart): Promise<boolean> {
  const at = { taskQueue: context.taskQueues.runs, now: context.now() };
  try {
    await callTemporal(context.temporal(), startDeadlineMs, async (client) => await startWorkflow(client, start, at));
  } catch (error) {
    context.log.warn(
      { runId: start.runId, err: error },
      'Temporal did not take the start; the dispatcher will deliver it',
    );
    return false;
  }
  try {
    await context.database.asUser(context.caller.userId, async (tx) => await closeStart(tx, start.runId));
  } catch (error) {
    // Started it is; the dispatcher starts it once more, which changes nothing, and closes the row.
    context.log.warn({ runId: start.runId, err: error }, 'The outbox row of a started run could not be closed');
  }
  return true;
}
