import { MockActivityEnvironment } from '@temporalio/testing';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { guarded, toFailure } from '../../../activities/support/errors.ts';
import { StewardError, errorCodes, invalidInput } from '../../../src/contract/errors.ts';

function failureOf(error: unknown): ApplicationFailure {
  const failure = toFailure(error);
  if (!(failure instanceof ApplicationFailure)) throw new Error('not an ApplicationFailure');
  return failure;
}

describe('errors at the edge to Temporal', () => {
  it('keeps code and details, so that the run can show each wrong field', () => {
    const problems = [{ path: 'input.userPrompt', message: 'is required' }];
    const failure = failureOf(invalidInput(problems));
    expect(failure).toMatchObject({ type: 'invalid_input', nonRetryable: true, details: [{ problems }] });
  });

  it('lets Temporal try again only what another try can cure', () => {
    const retried = errorCodes.filter((code) => failureOf(new StewardError(code, 'x')).nonRetryable !== true);
    expect(retried).toEqual(['rate_limited', 'unavailable']);
  });

  it('waits as long as the provider says', () => {
    const failure = failureOf(new StewardError('rate_limited', 'slow down', { details: { retryAfterMs: 2_500 } }));
    expect(failure.nextRetryDelay).toBe(2_500);
  });

  it.each([
    ['40001', 'unavailable', false],
    ['57P01', 'unavailable', false],
    ['ECONNREFUSED', 'unavailable', false],
    ['23505', 'conflict', true],
    ['ST002', 'conflict', true],
    ['23503', 'invalid_input', true],
    ['22P02', 'invalid_input', true],
    ['42703', 'internal', true],
  ])('classifies the code %s of a driver as %s', (code, type, final) => {
    expect(failureOf(Object.assign(new Error('x'), { code }))).toMatchObject({ type, nonRetryable: final });
  });

  it('does not try faults of the code again, and does try what it has never seen', () => {
    expect(failureOf(new TypeError('x is undefined'))).toMatchObject({ type: 'internal', nonRetryable: true });
    expect(failureOf(new Error('odd'))).toMatchObject({ type: 'internal', nonRetryable: false });
  });

  it('passes cancellation and failures of Temporal unchanged', () => {
    const cancelled = new CancelledFailure('CANCELLED');
    const failure = ApplicationFailure.create({ message: 'x' });
    expect(toFailure(cancelled)).toBe(cancelled);
    expect(toFailure(failure)).toBe(failure);
  });

  it('maps what a guarded activity throws and leaves its result alone', async () => {
    const half = guarded((value: number) =>
      value > 0 ? Promise.resolve(value / 2) : Promise.reject(new StewardError('conflict', 'no')),
    );
    const environment = new MockActivityEnvironment();
    expect(await environment.run(half, 4)).toBe(2);
    await expect(environment.run(half, 0)).rejects.toMatchObject({ type: 'conflict' });
  });
});
