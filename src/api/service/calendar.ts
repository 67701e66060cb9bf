import type { CalendarApi } from '../calendar-api.ts';
import type { CallContext } from './context.ts';
import { requireScope } from './scopes.ts';

/** The caller's calendar, behind the scope of records. */
export function calendarOf(context: CallContext): CalendarApi {
  const open = (): CalendarApi => {
    requireScope(context.caller, 'records');
    return context.calendar(context.caller.userId);
  };
  return {
    importCalendar: async (params) => await open().importCalendar(params),
    listCalendarEvents: async (params) => await open().listCalendarEvents(params),
    getFreeBusy: async (params) => await open().getFreeBusy(params),
    createFeed: async () => await open().createFeed(),
  };
}
