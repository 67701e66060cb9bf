import {
  ActivityFailure,
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Advanced } from '../../activities/schedules/api.ts';
import { schedules } from './activities.ts';

export type ScheduleArgument = { readonly scheduleId: string };

/** Says that the schedule's row was changed. */
const changedSignal = defineSignal('changed');

const longestWaitMs = 7 * 24 * 3_600_000;
const troubleWaitMs = 60_000;

/**
 * Keeps time for one schedule: waits until its next run is due and has it started. What is due and when is decided by the
 * activity on the schedule's row; a schedule that has nothing to wait for ends its workflow, and a change starts it anew.
 */
export async function run_schedule({ scheduleId }: ScheduleArgument): Promise<void> {
  // In an object: only handlers change it, and a plain variable would look constant here.
  const news = { changed: false };
  setHandler(changedSignal, () => {
    news.changed = true;
  });
  for (;;) {
    news.changed = false;
    const { waitMs } = await advance(scheduleId);
    const heard = (): boolean => news.changed;
    if (waitMs === null && !heard()) return;
    if (workflowInfo().continueAsNewSuggested) await continueAsNew({ scheduleId });
    if (waitMs !== null) await condition(heard, Math.max(1, Math.min(waitMs, longestWaitMs)));
  }
}

// A fault that no retry cures must not end the schedule: mended code finds it waiting.
async function advance(scheduleId: string): Promise<Advanced> {
  const options = { summary: 'Start what is due' };
  try {
    return await schedules.advanceSchedule.executeWithOptions(options, [{ scheduleId }]);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return { waitMs: troubleWaitMs };
  }
}
