import { z } from 'zod';
import { base } from './base.ts';

const instant = z.iso.datetime({ offset: true });
const span = { start: instant, end: instant, timeZone: z.string().min(1) };

const scheduleEvent = z.object({
  ...base,
  kind: z.literal('schedule_event'),
  payload: z.object({ eventId: z.uuid(), taskId: z.uuid(), title: z.string(), ...span }),
});

const moveEvent = z.object({
  ...base,
  kind: z.literal('move_event'),
  payload: z.object({ eventUid: z.string().min(1), ...span }),
});

const cancelEvent = z.object({
  ...base,
  kind: z.literal('cancel_event'),
  payload: z.object({ eventUid: z.string().min(1), why: z.string() }),
});

export const calendarShapes = [scheduleEvent, moveEvent, cancelEvent] as const;
