import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attemptBaseMs, attemptDelayMs, isCurable } from '../../../src/contract/attempts.ts';
import { errorCodes } from '../../../src/contract/errors.ts';

describe('the wait between two attempts', () => {
  it('is two minutes first, then four, then eight', () => {
    expect([1, 2, 3].map((attempt) => attemptDelayMs(attempt, attemptBaseMs) / 60_000)).toEqual([2, 4, 8]);
  });

  it('never shrinks and never passes six hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3_600_000 }), (attempt, baseMs) => {
        const waits = [attemptDelayMs(attempt, baseMs), attemptDelayMs(attempt + 1, baseMs)] as const;
        expect(waits[1]).toBeGreaterThanOrEqual(waits[0]);
        expect(waits[1]).toBeLessThanOrEqual(6 * 3_600_000);
      }),
    );
  });
});

describe('another try', () => {
  it('is made after faults of models and machines alone', () => {
    const curable = ['rate_limited', 'unavailable', 'model_failed', 'unknown_outcome', 'stale_attempt', 'internal'];
    expect(errorCodes.filter(isCurable)).toEqual(curable);
  });
});
