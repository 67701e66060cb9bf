import type { SchedulesApi, ScheduleView } from '../schedules-api.ts';
import type { StartedRun } from '../runs-api.ts';
import { toPage } from './transport.ts';
import type { Data, DataPage, Transport } from './transport.ts';

function pathOf(id: string, part = ''): string {
  return `/api/schedules/${encodeURIComponent(id)}${part}`;
}

/** Schedules and what is done to them. */
export function scheduleCalls({ get, send }: Transport): SchedulesApi {
  async function post(path: string, body?: object): Promise<ScheduleView> {
    const { data } = await send<Data<ScheduleView>>('POST', path, body === undefined ? {} : { body });
    return data;
  }
  return {
    createSchedule: async (body) => await post('/api/schedules', body),
    listSchedules: async (filter) => toPage(await get<DataPage<ScheduleView>>('/api/schedules', filter)),
    getSchedule: async ({ id }) => (await get<Data<ScheduleView>>(pathOf(id))).data,
    changeSchedule: async ({ id, changes }) =>
      (await send<Data<ScheduleView>>('PATCH', pathOf(id), { body: changes })).data,
    deleteSchedule: async ({ id }) => await send('DELETE', pathOf(id)),
    pauseSchedule: async ({ id }) => await post(pathOf(id, '/pause')),
    resumeSchedule: async ({ id }) => await post(pathOf(id, '/resume')),
    triggerSchedule: async ({ id, messageId }) => {
      type Started = Data<StartedRun['run']> & Omit<StartedRun, 'run'>;
      const { data, started, created } = await send<Started>('POST', pathOf(id, '/trigger'), { messageId });
      return { run: data, started, created };
    },
  };
}
