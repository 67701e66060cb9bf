import { StewardError } from '../../src/contract/errors.ts';
import type { ScheduleEvent } from '../../src/contract/proposal.ts';
import { createEvent, deleteEvent } from '../../src/calendar/local/events.ts';
import type { ActivityDeps } from '../deps.ts';
import { kept, undone } from '../records/operations/executor.ts';
import { isObject } from '../support/json-value.ts';
import { applyFamily } from '../records/proposals/apply-family.ts';
import type { Family } from '../records/proposals/apply-family.ts';
import type { StoredOperation } from '../records/proposals/stored-proposal.ts';
import { undoFamily } from '../records/proposals/undo-family.ts';
import type { UndoingFamily } from '../records/proposals/undo-family.ts';
import { guarded } from '../support/errors.ts';
import type { CalendarActivities } from './api.ts';

function isEvent(stored: StoredOperation): boolean {
  return stored.operation.kind === 'schedule_event';
}

function eventOf({ operation }: StoredOperation): ScheduleEvent {
  if (operation.kind === 'schedule_event') return operation;
  throw new StewardError('internal', 'Not an operation on a calendar.');
}

const applying: Family = {
  name: 'calendar',
  includes: isEvent,
  execute: async (tx, { run }, { stored }) => {
    const { payload, reason } = eventOf(stored);
    const { eventId, taskId, title, start, end, timeZone } = payload;
    // The event's id was derived from the proposing step's key: a retry finds its own event under it.
    const { uid, etag } = await createEvent(tx, {
      userId: run.userId,
      eventId,
      title,
      start,
      end,
      timeZone,
      description: reason,
      taskId,
      runId: run.runId,
    });
    return { result: { uid, start, end }, undo: { uid, etag } };
  },
};

const undoing: UndoingFamily = {
  name: 'calendar',
  includes: isEvent,
  undo: async (tx, { run }, { undo }) => {
    if (!isObject(undo) || typeof undo['uid'] !== 'string' || typeof undo['etag'] !== 'string')
      return kept('Nothing tells which event it made.');
    try {
      await deleteEvent(tx, { userId: run.userId, uid: undo['uid'], etag: undo['etag'] });
      return undone;
    } catch (error) {
      // Found changed before anything was written: the transaction is whole.
      if (error instanceof StewardError && error.code === 'conflict') return kept(error.message);
      throw error;
    }
  },
};

export function createCalendarActivities(deps: ActivityDeps): CalendarActivities {
  return {
    applyEvents: guarded(async (params) => await applyFamily(deps, applying, params)),
    undoEvents: guarded(async (params) => await undoFamily(deps, undoing, params)),
  };
}
