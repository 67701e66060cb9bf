import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StewardError } from '../../../src/contract/errors.ts';
import { readRunStart } from '../../../src/dispatcher/read-start.ts';
import { startOptions } from '../../../src/dispatcher/start-workflow.ts';
import type { RunStart } from '../../../src/runs/run-start.ts';
import { defaultSlots, queueNames, queueOptions } from '../../../src/worker/queues.ts';
import { readQueues } from '../../../src/worker/main.ts';

const start: RunStart = {
  runId: 'r1',
  userId: 'u1',
  type: 'sample',
  name: 'Fence',
  projectId: null,
  priority: 5,
  startAt: null,
};
const now = new Date('2026-03-01T09:00:00.000Z');
const at = { taskQueue: 'steward-runs', now };

describe('the options of a start', () => {
  it('make it idempotent and carry no input', () => {
    const options = startOptions(start, at);
    expect(options).toMatchObject({
      workflowId: 'run-r1',
      args: [{ runId: 'r1' }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    });
    expect(options).not.toHaveProperty('startDelay');
  });

  it('map ten priorities to Temporal’s five, in order', () => {
    const keys = Array.from(
      { length: 10 },
      (_, index) => startOptions({ ...start, priority: index + 1 }, at).priority?.priorityKey,
    );
    expect(keys).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
  });

  it('delay a start that is to come, and not one whose time has passed while Temporal was away', () => {
    expect(startOptions({ ...start, startAt: '2026-03-01T09:00:05Z' }, at)).toMatchObject({ startDelay: 5_000 });
    expect(startOptions({ ...start, startAt: '2026-03-01T08:00:00Z' }, at)).not.toHaveProperty('startDelay');
  });

  it('survive the outbox', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.uuid()), fc.integer({ min: 1, max: 10 }), (name, projectId, priority) => {
        const made = { ...start, name, projectId, priority };
        expect(readRunStart(JSON.parse(JSON.stringify(made)))).toEqual(made);
      }),
    );
  });
});

describe('the queues of a worker', () => {
  it('are all of them unless some are named, and an unknown one is refused by name', () => {
    expect(readQueues([])).toEqual(queueNames);
    expect(readQueues(['steward-model'])).toEqual(['steward-model']);
    expect(() => readQueues(['steward-modle'])).toThrow(StewardError);
  });

  it('cap model calls only when told to', () => {
    expect(queueOptions('steward-model', { slots: defaultSlots, modelCallsPerSecond: 3 })).toMatchObject({
      maxTaskQueueActivitiesPerSecond: 3,
    });
    expect(queueOptions('steward-model', { slots: defaultSlots, modelCallsPerSecond: null })).not.toHaveProperty(
      'maxTaskQueueActivitiesPerSecond',
    );
  });
});
