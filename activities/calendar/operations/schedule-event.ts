import { createEvent, createEvents, deleteEvent } from '../../../src/calendar/local/events.ts';
import type { Created, NewEvent } from '../../../src/calendar/provider.ts';
import { isObject } from '../../support/json-value.ts';
import type { Executed, OperationContext, OperationExecutor, OperationOf } from '../../records/operations/executor.ts';
import { kept, nothingBefore, undone } from '../../records/operations/executor.ts';

type Operation = OperationOf<'schedule_event'>;

function eventOf({ userId, runId }: OperationContext, { payload, reason }: Operation): NewEvent {
  const { eventId, taskId, title, start, end, timeZone } = payload;
  // The event's id was derived from the proposing step's key: a retry finds its own event under it.
  return { userId, eventId, title, start, end, timeZone, description: reason, taskId, runId };
}

function scheduled({ start, end }: NewEvent, { uid, etag }: Created): Executed {
  return { result: { uid, start, end }, undo: { uid, etag } };
}

export const scheduleEvent: OperationExecutor<'schedule_event'> = {
  before: nothingBefore,

  async execute(context, { operation }) {
    const event = eventOf(context, operation);
    return scheduled(event, await createEvent(context.tx, event));
  },

  async executeTogether(context, operations) {
    const events = operations.map((operation) => eventOf(context, operation));
    const created = await createEvents(context.tx, events);
    return created.map(({ event, ...made }) => scheduled(event, made));
  },

  async undo({ tx, userId }, { undo }) {
    if (!isObject(undo) || typeof undo['uid'] !== 'string' || typeof undo['etag'] !== 'string')
      return kept('Nothing tells which event it made.');
    await deleteEvent(tx, { userId, uid: undo['uid'], etag: undo['etag'] });
    return undone;
  },
};
