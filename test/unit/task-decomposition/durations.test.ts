import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addRanges,
  calibrationFactor,
  formatRange,
  roundMinutes,
  scaleRange,
  toRange,
} from '../../../workflows/task_decomposition/durations.ts';
import { formatMinutes } from '../../../workflows/shared/format-minutes.ts';
import type { Range } from '../../../workflows/task_decomposition/durations.ts';

const minutes = fc.double({ min: 0, max: 10_000, noNaN: true });
const numbers = fc.record({ low: minutes, likely: minutes, high: minutes });
const range = numbers.map(toRange);
const sample = fc.record({
  planned: fc.integer({ min: 0, max: 5_000 }),
  spent: fc.integer({ min: 0, max: 5_000 }),
  likeness: fc.double({ min: 0, max: 1, noNaN: true }),
});

function expectOrdered({ low, likely, high }: Range): void {
  expect(low).toBeLessThanOrEqual(likely);
  expect(likely).toBeLessThanOrEqual(high);
}

describe('ranges', () => {
  test('are in order and whole, whatever three numbers they are made of', () => {
    fc.assert(
      fc.property(numbers, (given) => {
        const made = toRange(given);
        expectOrdered(made);
        expect(Object.values(made).every((each) => Number.isInteger(each) && each >= 5)).toBe(true);
      }),
    );
  });

  test('stay in order when they are scaled, and a larger factor never makes them shorter', () => {
    const factor = fc.double({ min: 0.5, max: 3, noNaN: true });
    fc.assert(
      fc.property(range, factor, factor, (given, one, other) => {
        const [small, large] = [scaleRange(given, Math.min(one, other)), scaleRange(given, Math.max(one, other))];
        expectOrdered(small);
        expect(small.low).toBeLessThanOrEqual(large.low);
        expect(small.likely).toBeLessThanOrEqual(large.likely);
        expect(small.high).toBeLessThanOrEqual(large.high);
      }),
    );
  });

  test('added lie within the sums of their ends, and are no shorter than without one of them', () => {
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 20 }), (ranges) => {
        const sum = addRanges(ranges);
        expectOrdered(sum);
        const total = (end: keyof Range): number => ranges.reduce((all, each) => all + each[end], 0);
        expect(sum.likely).toBe(total('likely'));
        expect(sum.low).toBeGreaterThanOrEqual(Math.floor(total('low')) - 1);
        expect(sum.high).toBeLessThanOrEqual(Math.ceil(total('high')) + 1);
        expect(addRanges(ranges.slice(1)).likely).toBeLessThan(sum.likely);
      }),
    );
  });

  test('of nothing are nothing', () => {
    expect(addRanges([])).toEqual({ low: 0, likely: 0, high: 0 });
  });
});

describe('rounding', () => {
  test('keeps the order of any two times and moves none by more than half a grid', () => {
    fc.assert(
      fc.property(minutes, minutes, (one, other) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)];
        expect(roundMinutes(small)).toBeLessThanOrEqual(roundMinutes(large));
        expect(Math.abs(roundMinutes(large) - large)).toBeLessThanOrEqual(large < 5 ? 5 : large < 60 ? 2.5 : 15);
        expect(roundMinutes(roundMinutes(large))).toBe(roundMinutes(large));
      }),
    );
  });
});

describe('calibration', () => {
  test('is bounded, and 1 without finished tasks', () => {
    expect(calibrationFactor([])).toBe(1);
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 30 }), (samples) => {
        const factor = calibrationFactor(samples);
        expect(factor).toBeGreaterThanOrEqual(0.5);
        expect(factor).toBeLessThanOrEqual(3);
      }),
    );
  });

  test('never falls when a finished task took longer', () => {
    fc.assert(
      fc.property(
        fc.array(sample, { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 0, max: 3_000 }),
        (all, more) => {
          const [first, ...rest] = all;
          fc.pre(first !== undefined && first.spent > 0);
          const longer = [{ ...first, spent: first.spent + more }, ...rest];
          expect(calibrationFactor(longer)).toBeGreaterThanOrEqual(calibrationFactor(all) - 1e-9);
        },
      ),
    );
  });

  test('comes nearer to what was spent with every task that says the same', () => {
    const double = { planned: 60, spent: 120, likeness: 1 };
    const factors = [1, 3, 20].map((count) => calibrationFactor(Array.from({ length: count }, () => double)));
    expect(factors).toEqual(factors.toSorted((left, right) => left - right));
    expect(factors[0]).toBeCloseTo(Math.SQRT2, 5);
    expect(factors[2]).toBeGreaterThan(1.9);
  });

  test('hardly listens to tasks that are hardly alike', () => {
    const far = calibrationFactor([{ planned: 60, spent: 240, likeness: 0.1 }]);
    expect(far).toBeLessThan(calibrationFactor([{ planned: 60, spent: 240, likeness: 0.9 }]));
    expect(far).toBeLessThan(1.2);
  });
});

describe('what people read', () => {
  test('has hours and minutes', () => {
    expect([5, 60, 90, 600].map(formatMinutes)).toEqual(['5 min', '1 h', '1 h 30 min', '10 h']);
    expect(formatRange({ low: 60, likely: 90, high: 180 })).toBe('1 h 30 min (1 h to 3 h)');
    expect(formatRange({ low: 60, likely: 60, high: 60 })).toBe('1 h');
  });
});
