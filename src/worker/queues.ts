import type { WorkerOptions } from '@temporalio/worker';

export const queueNames = [
  'steward-runs',
  'steward-records',
  'steward-model',
  'steward-calendar',
  'steward-tools',
] as const;
export type QueueName = (typeof queueNames)[number];

/** How much a worker does at once. The defaults suit two cores: workflow tasks are CPU, model calls are waiting. */
export type SlotSizes = {
  readonly workflowTasks: number;
  readonly cachedWorkflows: number;
  readonly localActivities: number;
  readonly records: number;
  readonly model: number;
  readonly calendar: number;
  readonly tools: number;
};

export const defaultSlots: SlotSizes = {
  workflowTasks: 40,
  // One cached run takes some 100 to 300 kB; beyond this the least recently used is replayed when it wakes.
  cachedWorkflows: 500,
  localActivities: 40,
  records: 20,
  model: 200,
  calendar: 10,
  // Calls of MCP servers, which are waiting: up to two minutes each, so that some that hang leave room for others.
  tools: 50,
};

export type QueueSettings = {
  readonly slots: SlotSizes;
  /** Cap of model activities a second over all workers together; null for none. */
  readonly modelCallsPerSecond: number | null;
};

/** The part of a worker's options that depends on its queue. */
export function queueOptions(queue: QueueName, settings: QueueSettings): Partial<WorkerOptions> {
  const { slots, modelCallsPerSecond } = settings;
  switch (queue) {
    case 'steward-runs':
      return {
        maxConcurrentWorkflowTaskExecutions: slots.workflowTasks,
        maxCachedWorkflows: slots.cachedWorkflows,
        maxConcurrentLocalActivityExecutions: slots.localActivities,
        // Sticky fail-over takes 10.6 s by default when a worker dies.
        stickyQueueScheduleToStartTimeout: '5s',
        // Its activities are local ones only; all others have queues of their own.
        enableNonLocalActivities: false,
      };
    case 'steward-records':
      return { maxConcurrentActivityTaskExecutions: slots.records };
    case 'steward-model':
      return {
        maxConcurrentActivityTaskExecutions: slots.model,
        ...(modelCallsPerSecond === null ? {} : { maxTaskQueueActivitiesPerSecond: modelCallsPerSecond }),
      };
    case 'steward-calendar':
      return { maxConcurrentActivityTaskExecutions: slots.calendar };
    case 'steward-tools':
      return { maxConcurrentActivityTaskExecutions: slots.tools };
  }
}
