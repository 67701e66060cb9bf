import { createEvent, deleteEvent } from '../../../src/calendar/local/events.ts';
import { isObject } from '../../support/json-value.ts';
import type { OperationExecutor } from '../../records/operations/executor.ts';
import { kept, nothingBefore, undone } from '../../records/operations/executor.ts';

export const scheduleEvent: OperationExecutor<'schedule_event'> = {
  before: nothingBefore,

  async execute({ tx, userId, runId }, { operation }) {
    const { payload, reason } = operation;
    const { eventId, taskId, title, start, end, timeZone } = payload;
    const times = { start, end, timeZone };
    // The event's id was derived from the proposing step's key: a retry finds its own event under it.
    const event = { userId, eventId, title, ...times, description: reason, taskId, runId };
    const { uid, etag } = await createEvent(tx, event);
    return { result: { uid, start, end }, undo: { uid, etag } };
  },

  async undo({ tx, userId }, { undo }) {
    if (!isObject(undo) || typeof undo['uid'] !== 'string' || typeof undo['etag'] !== 'string')
      return kept('Nothing tells which event it made.');
    await deleteEvent(tx, { userId, uid: undo['uid'], etag: undo['etag'] });
    return undone;
  },
};
