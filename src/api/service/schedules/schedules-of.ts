import type { SchedulesApi } from '../../schedules-api.ts';
import type { CallContext } from '../context.ts';
import { changeSchedule } from './change.ts';
import { deleteSchedule, pauseSchedule, resumeSchedule, triggerSchedule } from './control.ts';
import { createSchedule } from './create.ts';
import { getSchedule, listSchedules } from './list.ts';

export function schedulesOf(context: CallContext): SchedulesApi {
  return {
    createSchedule: async (params) => await createSchedule(context, params),
    listSchedules: async (filter) => await listSchedules(context, filter),
    getSchedule: async (params) => await getSchedule(context, params),
    changeSchedule: async (params) => await changeSchedule(context, params),
    deleteSchedule: async (params) => await deleteSchedule(context, params),
    pauseSchedule: async (params) => await pauseSchedule(context, params),
    resumeSchedule: async (params) => await resumeSchedule(context, params),
    triggerSchedule: async (params) => await triggerSchedule(context, params),
  };
}
