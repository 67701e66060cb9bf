import type { CalendarOperation, Operation } from '../../../src/contract/proposal.ts';
import { calendarKinds } from '../../../src/contract/operations/calendar.ts';
import type { OperationExecutor } from '../../records/operations/executor.ts';
import { cancelEvent } from './cancel-event.ts';
import { moveEvent } from './move-event.ts';
import { scheduleEvent } from './schedule-event.ts';

type CalendarKind = CalendarOperation['kind'];

const executors: { readonly [Kind in CalendarKind]: OperationExecutor<Kind> } = {
  schedule_event: scheduleEvent,
  move_event: moveEvent,
  cancel_event: cancelEvent,
};

export function isCalendarOperation(operation: Operation): operation is CalendarOperation {
  return calendarKinds.some((kind) => kind === operation.kind);
}

export function calendarExecutor<Kind extends CalendarKind>(operation: {
  readonly kind: Kind;
}): OperationExecutor<Kind> {
  return executors[operation.kind];
}
