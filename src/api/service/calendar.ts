import type { EventInstance } from '../../calendar/ics/types.ts';
import type { CalendarApi, EventInstanceView, EventTaskView, ImportReport } from '../calendar-api.ts';
import type { CallContext } from './context.ts';
import { readEventTasks } from './records/task-events.ts';
import { requireScope } from './scopes.ts';

type Window = { readonly from: string; readonly to: string };

function instanceView(instance: EventInstance, tasks: readonly EventTaskView[] = []): EventInstanceView {
  const { uid, recurrenceId, title, start, end, allDay } = instance;
  return { uid, recurrenceId, title, start, end, allDay, tasks };
}

async function importCalendar(context: CallContext, params: { readonly text: string }): Promise<ImportReport> {
  requireScope(context.caller, 'records');
  return await context.calendar.importIcs({ userId: context.caller.userId, text: params.text });
}

async function listCalendarEvents(context: CallContext, { from, to }: Window): Promise<readonly EventInstanceView[]> {
  requireScope(context.caller, 'records');
  const { userId } = context.caller;
  const { instances } = await context.calendar.listInstances({ userId, from, to });
  const tasks = await context.database.asUser(userId, async (tx) => await readEventTasks(tx, instances));
  return instances.map((instance, index) => instanceView(instance, tasks[index]));
}

async function createFeed(context: CallContext): Promise<{ readonly path: string }> {
  requireScope(context.caller, 'records');
  const { secret } = await context.calendar.createFeed({ userId: context.caller.userId });
  return { path: `/api/calendar/feed/${secret}.ics` };
}

/** The caller's calendar, behind the scope of records. */
export function calendarOf(context: CallContext): CalendarApi {
  return {
    importCalendar: async (params) => await importCalendar(context, params),
    listCalendarEvents: async (params) => await listCalendarEvents(context, params),
    async getFreeBusy({ from, to }) {
      requireScope(context.caller, 'records');
      return await context.calendar.freeBusy({ userId: context.caller.userId, from, to });
    },
    createFeed: async () => await createFeed(context),
  };
}
