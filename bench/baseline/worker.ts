import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import type { NativeConnection } from '@temporalio/worker';
import type { ActivityDeps } from '../../activities/deps.ts';
import type { WorkflowBundle } from '../../src/worker/bundle.ts';
import { defaultSlots } from '../../src/worker/queues.ts';
import { createApplyActivities } from './activities/apply.ts';
import { createModelActivities } from './activities/model.ts';
import { createReviewActivities } from './activities/review.ts';
import { createRunActivities } from './activities/run.ts';
import type { BaselineActivities } from './api.ts';

export const baselineEntry = fileURLToPath(new URL('workflow.ts', import.meta.url));
export const baselineQueue = 'baseline';

type Parts = { readonly connection: NativeConnection; readonly deps: ActivityDeps; readonly bundle: WorkflowBundle };

/** One worker for the workflow and all its activities, with as many slots as Steward's four have together. */
export async function runBaselineWorker({ connection, deps, bundle }: Parts): Promise<{ stop(): Promise<void> }> {
  const { workflowTasks, cachedWorkflows, records, model, calendar } = defaultSlots;
  const activities: BaselineActivities = {
    ...createRunActivities(deps),
    ...createModelActivities(deps),
    ...createReviewActivities(deps),
    ...createApplyActivities(deps),
  };
  const worker = await Worker.create({
    taskQueue: baselineQueue,
    connection,
    workflowBundle: bundle,
    activities,
    maxConcurrentWorkflowTaskExecutions: workflowTasks,
    maxCachedWorkflows: cachedWorkflows,
    maxConcurrentActivityTaskExecutions: records + model + calendar,
  });
  const running = worker.run();
  return {
    async stop() {
      worker.shutdown();
      await running;
    },
  };
}
