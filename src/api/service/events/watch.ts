import type { EventView } from '../../../contract/views.ts';
import { readEvents, readUserEvents } from '../../../db/runs/run-events.ts';
import { invalidInput } from '../../../contract/errors.ts';
import type { CallContext } from '../context.ts';
import { pageSize } from '../paging.ts';
import { findRun } from '../runs/find.ts';
import { requireScope } from '../scopes.ts';
import { follow } from './follow.ts';

const batchSize = 200;
// Only for notifications that got lost.
const pollMs = 2_000;

type RunPosition = { readonly runId: string; readonly afterSeq?: number };

function checkSeq(afterSeq: number | undefined): number {
  if (afterSeq === undefined) return 0;
  if (!Number.isInteger(afterSeq) || afterSeq < 0)
    throw invalidInput([{ path: 'afterSeq', message: 'expected an event’s number, or 0' }]);
  return afterSeq;
}

/** Past events of a run after a number, oldest first; 200 unless told, 1,000 at most. */
export async function listEvents(
  context: CallContext,
  params: RunPosition & { readonly limit?: number },
): Promise<readonly EventView[]> {
  requireScope(context.caller, 'runs');
  const afterSeq = checkSeq(params.afterSeq);
  const limit = pageSize(params.limit ?? batchSize, 1_000);
  return await context.database.asUser(context.caller.userId, async (tx) => {
    await findRun(tx, params.runId);
    return await readEvents(tx, { runId: params.runId, afterSeq, limit });
  });
}

/** Events of a run from a position on, past and to come, until `signal` aborts: no gap, nothing twice. Throws `not_found`. */
export async function* watchRun(
  context: CallContext,
  params: RunPosition & { readonly signal: AbortSignal },
): AsyncGenerator<EventView, void, undefined> {
  requireScope(context.caller, 'runs');
  const { runId, signal } = params;
  const { userId } = context.caller;
  const from = checkSeq(params.afterSeq);
  await context.database.asUser(userId, async (tx) => await findRun(tx, runId));
  const subscription = context.hub.subscribe(runId);
  const read = async (afterSeq: number): Promise<readonly EventView[]> =>
    await context.database.asUser(userId, async (tx) => await readEvents(tx, { runId, afterSeq, limit: batchSize }));
  try {
    yield* follow({ read, positionOf: (event: EventView) => event.seq, from, wake: subscription.wake, signal, pollMs });
  } finally {
    subscription.close();
  }
}

/** The same over all of the caller's runs; `after` is the cursor of an earlier event, from the beginning when left out. */
export async function* watchAll(
  context: CallContext,
  params: { readonly after?: string; readonly signal: AbortSignal },
): AsyncGenerator<EventView, void, undefined> {
  requireScope(context.caller, 'runs');
  const { userId } = context.caller;
  const subscription = context.hub.subscribe(userId);
  const read = async (after: string | null): Promise<readonly EventView[]> =>
    await context.database.asUser(userId, async (tx) => await readUserEvents(tx, { after, limit: batchSize, userId }));
  const from: string | null = params.after ?? null;
  try {
    yield* follow({
      read,
      positionOf: (event: EventView): string | null => event.cursor,
      from,
      wake: subscription.wake,
      signal: params.signal,
      pollMs,
    });
  } finally {
    subscription.close();
  }
}
