import type { Client } from '@temporalio/client';

type ScheduleWorkflow = (argument: { readonly scheduleId: string }) => Promise<unknown>;

/**
 * Tells a schedule's workflow to look at its row again, starting it where there is none: one that has nothing to wait for
 * has ended. Telling it twice changes nothing.
 */
export async function wakeSchedule(
  client: Client,
  scheduleId: string,
  at: { readonly taskQueue: string },
): Promise<void> {
  await client.workflow.signalWithStart<ScheduleWorkflow>('run_schedule', {
    workflowId: `steward-schedule-${scheduleId}`,
    taskQueue: at.taskQueue,
    args: [{ scheduleId }],
    signal: 'changed',
    signalArgs: [],
    staticSummary: 'Schedule',
    staticDetails: `Starts the runs of the Steward schedule \`${scheduleId}\`, each when it is due.`,
    memo: { scheduleId },
  });
}
