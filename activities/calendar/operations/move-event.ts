import { etagOf } from '../../../src/calendar/local/rows.ts';
import { updateEvent } from '../../../src/calendar/local/events.ts';
import { fieldOf } from '../../support/json-value.ts';
import type { OperationExecutor } from '../../records/operations/executor.ts';
import { kept, undone } from '../../records/operations/executor.ts';
import { ownEventBefore, readEvent, unchangedEvent } from './own-event.ts';

export const moveEvent: OperationExecutor<'move_event'> = {
  async before(context, { payload }) {
    return await ownEventBefore(context, payload.eventUid);
  },

  async execute(context, { operation, before }) {
    const { eventUid: uid, start, end, timeZone } = operation.payload;
    const row = await unchangedEvent(context, uid, before);
    const changes = { start, end, timeZone };
    const { etag } = await updateEvent(context.tx, { userId: context.userId, uid, etag: etagOf(row), changes });
    const former = { start: row.start_at, end: row.end_at, timeZone: row.time_zone };
    return { result: { uid, start, end }, undo: { etag, former } };
  },

  async undo(context, { operation, undo }) {
    const { eventUid: uid } = operation.payload;
    const row = await readEvent(context, uid);
    if (row === null) return kept('It is not there any more.');
    const etag = fieldOf(undo, 'etag');
    if (etag !== etagOf(row)) return kept('It was changed since.');
    const former = fieldOf(undo, 'former');
    const [start, end, timeZone] = ['start', 'end', 'timeZone'].map((key) => fieldOf(former, key));
    if (typeof start !== 'string' || typeof end !== 'string') return kept('Nothing tells when it was before.');
    const changes = { start, end, ...(typeof timeZone === 'string' ? { timeZone } : {}) };
    await updateEvent(context.tx, { userId: context.userId, uid, etag, changes });
    return undone;
  },
};
