import { createCalendarActivities } from './calendar/calendar.ts';
import type { CalendarActivities } from './calendar/api.ts';
import type { ActivityDeps } from './deps.ts';
import { createFilesActivities } from './files/files.ts';
import type { FilesActivities } from './files/api.ts';
import { createModelActivities } from './model/model.ts';
import type { ModelActivities } from './model/api.ts';
import { createRecordsActivities } from './records/records.ts';
import type { RecordsActivities } from './records/api.ts';
import type { ScheduleActivities } from './schedules/api.ts';
import { createScheduleActivities } from './schedules/schedules.ts';
import { createToolActivities } from './tools/tools.ts';
import type { ToolActivities } from './tools/api.ts';

export type AllActivities = RecordsActivities &
  CalendarActivities &
  FilesActivities &
  ToolActivities &
  ModelActivities &
  ScheduleActivities;

/** Every activity there is: a worker takes those of its task queues. */
export function createActivities(deps: ActivityDeps): AllActivities {
  return {
    ...createRecordsActivities(deps),
    ...createCalendarActivities(deps),
    ...createFilesActivities(deps),
    ...createToolActivities(deps),
    ...createModelActivities(deps),
    ...createScheduleActivities(deps),
  };
}
