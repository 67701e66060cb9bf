import { describe, expect, it } from 'vitest';
import { runStatuses } from '../../../src/contract/run.ts';
import type { WaitingOn } from '../../../src/contract/run.ts';
import { jobStatus } from '../../../src/gateway/dialects/queue-job.ts';

function on(kind: WaitingOn['kind']): WaitingOn {
  return { kind, id: 'one', since: '2026-01-01T00:00:00.000Z', deadline: null };
}

describe('a run as a job of a queue', () => {
  it('has a status for every one of its own', () => {
    expect(runStatuses.map((status) => jobStatus({ status, waitingOn: null }))).toEqual([
      'pending',
      'processing',
      'processing',
      'processing',
      'completed',
      'failed',
      'cancelled',
    ]);
  });

  it('is retrying while it waits for its next attempt, paused or not', () => {
    for (const status of ['waiting', 'paused'] as const)
      expect(jobStatus({ status, waitingOn: on('timer') })).toBe('retrying');
  });

  it('is processing while it waits for a person', () => {
    expect(jobStatus({ status: 'waiting', waitingOn: on('approval') })).toBe('processing');
  });
});
