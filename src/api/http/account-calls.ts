import type { CalendarApi } from '../calendar-api.ts';
import type { TokensApi } from '../tokens-api.ts';
import type { UsageApi } from '../usage-api.ts';
import type { Data, Query, Transport } from './transport.ts';

/** Usage, calendar and tokens. */
export function accountCalls({ get, send }: Transport): UsageApi & CalendarApi & TokensApi {
  async function read<T>(path: string, query?: Query): Promise<T> {
    const { data } = await get<Data<T>>(path, query);
    return data;
  }
  async function post<T>(path: string, options: { readonly body?: unknown; readonly mediaType?: string }): Promise<T> {
    const { data } = await send<Data<T>>('POST', path, options);
    return data;
  }
  return {
    getUsage: async (query) => await read('/api/usage', query),
    importCalendar: async ({ text }) =>
      await post('/api/calendar/import', { body: text, mediaType: 'text/calendar; charset=utf-8' }),
    listCalendarEvents: async (query) => await read('/api/calendar/events', query),
    getFreeBusy: async (query) => await read('/api/calendar/free-busy', query),
    createFeed: async () => await post('/api/calendar/feed', {}),
    getAccess: async () => await read('/api/access'),
    listTokens: async () => await read('/api/tokens'),
    createToken: async (body) => await post('/api/tokens', { body }),
    revokeToken: async ({ id }) => await send('DELETE', `/api/tokens/${encodeURIComponent(id)}`),
  };
}
