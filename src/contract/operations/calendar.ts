import type { OperationBase } from './base.ts';

export type ScheduleEvent = OperationBase<
  'schedule_event',
  {
    readonly eventId: string;
    readonly taskId: string;
    readonly title: string;
    /** ISO 8601 instants in UTC; `timeZone` is the IANA zone the person thinks in. */
    readonly start: string;
    readonly end: string;
    readonly timeZone: string;
  }
>;

/** Of a single event that is kept here: no series, nothing that came from another calendar. */
export type MoveEvent = OperationBase<
  'move_event',
  { readonly eventUid: string; readonly start: string; readonly end: string; readonly timeZone: string }
>;

/** As `MoveEvent`. */
export type CancelEvent = OperationBase<'cancel_event', { readonly eventUid: string; readonly why: string }>;

/** Kinds that the calendar's activities apply; all others are applied as records. */
export const calendarKinds = ['schedule_event', 'move_event', 'cancel_event'] as const;
