import type { RequestOpened } from '../../../src/contract/events.ts';
import { appendEvents } from '../../../src/db/run-events.ts';
import type { Tx } from '../../support/transaction.ts';
import { eventData } from './event-data.ts';
import { notify } from './notify.ts';
import { writeRequestOpened } from './request-rows.ts';
import type { LockedRun } from './run-lock.ts';

/** Opens a request from an activity: its row, its event and its notification, once by the request's id. */
export async function openRequest(
  tx: Tx,
  run: LockedRun,
  opened: { readonly request: RequestOpened; readonly at: string },
): Promise<void> {
  const { request, at } = opened;
  const event = { type: 'request.opened', request } as const;
  const key = `request:${request.requestId}:opened`;
  await writeRequestOpened(tx, run, opened);
  await notify(tx, run, { key, sequence: 0, at, event });
  const { runId, userId } = run.ref;
  await appendEvents(tx, { runId, userId, events: [{ changeKey: key, type: event.type, data: eventData(event), at }] });
}
