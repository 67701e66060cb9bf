import type { Client } from '@temporalio/client';
import { workflowIdOf } from './drive.ts';

export type HistorySize = {
  readonly activities: number;
  readonly localActivities: number;
  readonly events: number;
  readonly bytes: number;
};

/** What the server keeps of a run. */
export async function historySize(client: Client, runId: string): Promise<HistorySize> {
  const handle = client.workflow.getHandle(workflowIdOf(runId));
  const { events } = await handle.fetchHistory();
  const { historySize: bytes = 0 } = await handle.describe();
  const all = events ?? [];
  return {
    activities: all.filter((event) => event.activityTaskScheduledEventAttributes).length,
    localActivities: all.filter((event) => event.markerRecordedEventAttributes?.markerName === 'core_local_activity')
      .length,
    events: all.length,
    bytes,
  };
}
