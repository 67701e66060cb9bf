import { StewardError } from '../../src/contract/errors.ts';
import type { CalendarOperation } from '../../src/contract/proposal.ts';
import type { ActivityDeps } from '../deps.ts';
import { executeInOrder } from '../records/operations/execute-in-order.ts';
import { keptOnRefusal } from '../records/operations/kept-on-refusal.ts';
import { applyFamily } from '../records/proposals/apply-family.ts';
import type { Family } from '../records/proposals/apply-family.ts';
import type { StoredOperation } from '../records/proposals/stored-proposal.ts';
import { undoFamily } from '../records/proposals/undo-family.ts';
import type { UndoingFamily } from '../records/proposals/undo-family.ts';
import { guarded } from '../support/errors.ts';
import type { CalendarActivities } from './api.ts';
import { calendarExecutor, isCalendarOperation } from './operations/registry.ts';

function eventOf({ operation }: StoredOperation): CalendarOperation {
  if (isCalendarOperation(operation)) return operation;
  throw new StewardError('internal', 'Not an operation on a calendar.');
}

const applying: Family = {
  name: 'calendar',
  execute: async (context, stored) => {
    const operation = eventOf(stored);
    return await calendarExecutor(operation).execute(context, { operation, before: stored.before });
  },
  executeAll: async (context, all) => {
    const works = all.map((stored) => ({ operation: eventOf(stored), before: stored.before }));
    return await executeInOrder<CalendarOperation['kind']>(context, works, calendarExecutor);
  },
};

const undoing: UndoingFamily = {
  name: 'calendar',
  undo: async (tx, { run }, stored) => {
    const operation = eventOf(stored);
    const context = { tx, userId: run.userId, runId: run.runId };
    return await keptOnRefusal(tx, () => calendarExecutor(operation).undo(context, { operation, undo: stored.undo }));
  },
};

export function createCalendarActivities(deps: ActivityDeps): CalendarActivities {
  return {
    applyEvents: guarded(async (params) => await applyFamily(deps, applying, params)),
    undoEvents: guarded(async (params) => await undoFamily(deps, undoing, params)),
  };
}
