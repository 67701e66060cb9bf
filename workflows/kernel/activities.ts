import { ActivityCancellationType, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { CalendarActivities } from '../../activities/calendar/api.ts';
import type { FilesActivities } from '../../activities/files/api.ts';
import type { ModelActivities } from '../../activities/model/api.ts';
import type { RecordsActivities } from '../../activities/records/api.ts';
import type { ScheduleActivities } from '../../activities/schedules/api.ts';
import type { ToolActivities } from '../../activities/tools/api.ts';

const databaseRetry = { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' } as const;

// Applying and undoing are awaited even when the run is cancelled: only then is it known what there is to take back.
const untilDone = ActivityCancellationType.WAIT_CANCELLATION_COMPLETED;

export const records = proxyActivities<RecordsActivities>({
  taskQueue: 'steward-records',
  startToCloseTimeout: '10s',
  retry: databaseRetry,
});

// A long draft takes a while to be put together and stored.
export const proposers = proxyActivities<Pick<RecordsActivities, 'propose'>>({
  taskQueue: 'steward-records',
  startToCloseTimeout: '5m',
  heartbeatTimeout: '15s',
  retry: databaseRetry,
});

export const schedules = proxyActivities<ScheduleActivities>({
  taskQueue: 'steward-records',
  startToCloseTimeout: '30s',
  retry: { ...databaseRetry, maximumInterval: '30s' },
});

// A long proposal is applied and undone in batches, each of which commits: an attempt that runs out of time is followed
// by one that goes on where it was.
const applyTime = '5m';

export const appliers = proxyActivities<Pick<RecordsActivities, 'applyOperations' | 'undoOperations'>>({
  taskQueue: 'steward-records',
  startToCloseTimeout: applyTime,
  heartbeatTimeout: '15s',
  retry: databaseRetry,
  cancellationType: untilDone,
});

export const files = proxyActivities<FilesActivities>({
  taskQueue: 'steward-records',
  startToCloseTimeout: '60s',
  heartbeatTimeout: '15s',
  retry: databaseRetry,
  cancellationType: untilDone,
});

// A tool from outside may take its two minutes; a cancelled one ends at once, and is awaited like what is applied.
const toolOptions = {
  startToCloseTimeout: '180s',
  heartbeatTimeout: '15s',
  retry: databaseRetry,
  cancellationType: untilDone,
} as const;

export const tools = proxyActivities<ToolActivities>({ taskQueue: 'steward-records', ...toolOptions });

/** Calls that wait for others' servers, away from what other runs apply and write down. (A replay doesn't look at queues.) */
export const outsideTools = proxyActivities<ToolActivities>({ taskQueue: 'steward-tools', ...toolOptions });

export const calendar = proxyActivities<CalendarActivities>({
  taskQueue: 'steward-calendar',
  startToCloseTimeout: applyTime,
  heartbeatTimeout: '15s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '60s' },
  cancellationType: untilDone,
});

export const models = proxyActivities<ModelActivities>({
  taskQueue: 'steward-model',
  startToCloseTimeout: '180s',
  heartbeatTimeout: '20s',
  scheduleToCloseTimeout: '15m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '60s' },
});

/** State changes, written by the workflow's own worker: no task-queue hop for a few rows. Retried until the database is back. */
export const projection = proxyLocalActivities<Pick<RecordsActivities, 'project'>>({
  startToCloseTimeout: '10s',
  retry: databaseRetry,
  localRetryThreshold: '20s',
});

/** Pure work over facts, done by the workflow's own worker as well. Some seconds at most: it may place a person's tasks. */
export const computations = proxyLocalActivities<Pick<RecordsActivities, 'compute'>>({
  startToCloseTimeout: '60s',
  retry: databaseRetry,
  localRetryThreshold: '20s',
});
