import type { RunChange } from '../../../src/contract/events.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import type { Tx } from '../../support/transaction.ts';
import type { LockedRun } from './run-lock.ts';
import { tellPerson } from './tell-person.ts';

function payloadOf(run: LockedRun, { event }: RunChange): JsonObject | null {
  const about = { runId: run.ref.runId, runName: run.name };
  switch (event.type) {
    case 'request.opened': {
      const { requestId, kind, title, deadline } = event.request;
      return { ...about, requestId, kind, title, deadline };
    }
    case 'request.reminded':
      return { ...about, requestId: event.requestId, escalated: event.escalated, deadline: event.deadline };
    case 'run.finished':
      return { ...about, status: event.status, outcome: event.outcome, errorCode: event.errorCode };
    default:
      return null;
  }
}

/** Tells the run's person of what concerns them: one notification with its in-app delivery, once per change. */
export async function notify(tx: Tx, run: LockedRun, change: RunChange): Promise<void> {
  const payload = payloadOf(run, change);
  if (payload === null) return;
  const { runId, userId } = run.ref;
  await tellPerson(tx, {
    key: `${runId}:${String(run.epoch)}:${change.key}`,
    eventType: change.event.type,
    userId,
    correlationId: runId,
    payload,
    at: change.at,
  });
}
