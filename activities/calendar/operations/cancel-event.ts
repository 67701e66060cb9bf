import { deleteEvent, restoreEvent } from '../../../src/calendar/local/events.ts';
import { etagOf } from '../../../src/calendar/local/rows.ts';
import { fieldOf } from '../../support/json-value.ts';
import type { OperationExecutor } from '../../records/operations/executor.ts';
import { kept, undone } from '../../records/operations/executor.ts';
import { ownEventBefore, unchangedEvent } from './own-event.ts';

export const cancelEvent: OperationExecutor<'cancel_event'> = {
  async before(context, { payload }) {
    return await ownEventBefore(context, payload.eventUid);
  },

  async execute(context, { operation, before }) {
    const uid = operation.payload.eventUid;
    const row = await unchangedEvent(context, uid, before);
    const etag = etagOf(row);
    await deleteEvent(context.tx, { userId: context.userId, uid, etag });
    return { result: { uid }, undo: { etag } };
  },

  async undo(context, { operation, undo }) {
    const etag = fieldOf(undo, 'etag');
    if (typeof etag !== 'string') return kept('Nothing tells which event it was.');
    await restoreEvent(context.tx, { userId: context.userId, uid: operation.payload.eventUid, etag });
    return undone;
  },
};
