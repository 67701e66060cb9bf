import { z } from 'zod';
import { eventRoles } from '../../../contract/operations/tasks.ts';
import type { EventInstanceView, ImportReport, Span } from '../../../api/calendar-api.ts';
import { dataOf, json, timestamp } from '../../../schemas/views/common.ts';
import { instantOrDay } from '../../http/inputs.ts';
import { ok, text } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';

const instance = z
  .object({
    uid: z.string(),
    recurrenceId: z.string().nullable(),
    title: z.string(),
    start: z.string(),
    end: z.string(),
    allDay: z.boolean(),
    tasks: z
      .array(z.object({ id: z.string(), title: z.string(), role: z.enum([...eventRoles, 'block']) }))
      .meta({ description: 'Tasks linked to it or to its series, and the one that it is a block of.' }),
  })
  .meta({ id: 'EventInstance' }) satisfies z.ZodType<EventInstanceView>;
const report = z
  .object({ created: z.int(), updated: z.int(), unchanged: z.int(), skipped: z.int(), problems: z.array(json) })
  .meta({ id: 'ImportReport' }) satisfies z.ZodType<ImportReport>;
const span = z.object({ start: timestamp, end: timestamp }) satisfies z.ZodType<Span>;
const window = z
  .strictObject({ from: instantOrDay, to: instantOrDay.meta({ description: 'Exclusive.' }) })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], message: 'must be after from' });

const working = [
  defineRoute({
    method: 'post',
    path: '/api/calendar/import',
    tag: 'Calendar',
    operation: 'importCalendar',
    summary: 'Bring in an iCalendar file',
    access: ['records'],
    bodyType: 'calendar',
    bodyLimit: 'calendar',
    body: z.string().trim().min(1, 'send an iCalendar file (BEGIN:VCALENDAR …)'),
    answers: { 200: { description: 'What came in.', schema: dataOf(report) } },
    handle: async ({ api, body }) => ok(await api.importCalendar({ text: body })),
  }),
  defineRoute({
    method: 'get',
    path: '/api/calendar/events',
    tag: 'Calendar',
    operation: 'listCalendarEvents',
    summary: 'Every event that touches the window, recurrences expanded',
    access: ['records'],
    query: window,
    answers: { 200: { description: 'All instances, by start.', schema: dataOf(z.array(instance)) } },
    handle: async ({ api, query }) => ok(await api.listCalendarEvents(query)),
  }),
  defineRoute({
    method: 'get',
    path: '/api/calendar/free-busy',
    tag: 'Calendar',
    operation: 'getFreeBusy',
    summary: 'Busy time, and free working time',
    access: ['records'],
    query: window,
    answers: {
      200: {
        description: 'Both, by start.',
        schema: dataOf(z.object({ timeZone: z.string(), busy: z.array(span), free: z.array(span) })),
      },
    },
    handle: async ({ api, query }) => ok(await api.getFreeBusy(query)),
  }),
];

const feed = [
  defineRoute({
    method: 'post',
    path: '/api/calendar/feed',
    tag: 'Calendar',
    operation: 'createFeed',
    summary: 'Make a secret address under which calendar programs read yours; the old one stops working',
    access: ['records'],
    body: z.strictObject({}),
    bodyOptional: true,
    showsSecret: true,
    answers: { 201: { description: 'The address, shown this once.', schema: dataOf(z.object({ path: z.string() })) } },
    handle: async ({ api }) => {
      const made = await api.createFeed();
      return ok(made, { status: 201, headers: { Location: made.path } });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/calendar/feed/:secret.ics',
    tag: 'Calendar',
    operation: 'readFeed',
    summary: 'Your calendar as iCalendar; the secret in the address is its only key',
    access: 'public',
    params: z.object({ secret: z.string().regex(/^[\w-]{8,200}$/) }),
    answers: { 200: { description: 'The calendar.', mediaType: 'text/calendar' } },
    handle: async ({ deps, params: { secret } }) =>
      text('text/calendar', await deps.readFeed(secret), { filename: 'steward.ics' }),
  }),
];

export const calendarRoutes = [...working, ...feed];
