import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catchUps, decideDue, overlaps, punctualMs } from '../../../src/contract/recurrence.ts';

const now = fc.record({
  lateMs: fc.integer({ min: 0, max: 10 * punctualMs }),
  catchUp: fc.constantFrom(...catchUps),
  overlap: fc.constantFrom(...overlaps),
  previousGoesOn: fc.boolean(),
});

describe('an instant that is due', () => {
  it('never starts beside a run that goes on, where the policy is to skip', () => {
    fc.assert(
      fc.property(now, (due) => {
        const { start } = decideDue(due);
        if (due.overlap === 'skip' && due.previousGoesOn) expect(start).toBe(false);
      }),
    );
  });

  it('starts when it is on time and nothing goes on, whatever the policies', () => {
    fc.assert(
      fc.property(now, fc.integer({ min: 0, max: punctualMs }), (due, lateMs) => {
        expect(decideDue({ ...due, lateMs, previousGoesOn: false })).toEqual({ start: true });
      }),
    );
  });

  it('is left out as missed only where the policy says so', () => {
    const late = { lateMs: punctualMs + 1, overlap: 'start', previousGoesOn: true } as const;
    expect(decideDue({ ...late, catchUp: 'skip' })).toEqual({ start: false, why: 'missed' });
    expect(decideDue({ ...late, catchUp: 'latest' })).toEqual({ start: true });
  });
});
