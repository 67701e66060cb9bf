import type { ActivityDeps } from '../deps.ts';
import { guarded } from '../support/errors.ts';
import { advanceSchedule } from './advance.ts';
import type { ScheduleActivities } from './api.ts';

export function createScheduleActivities(deps: ActivityDeps): ScheduleActivities {
  return { advanceSchedule: guarded(async (params) => await advanceSchedule(deps, params)) };
}
