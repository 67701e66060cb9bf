import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateFrom } from '../../../src/contract/estimate.ts';
import type { PastRun } from '../../../src/contract/estimate.ts';

const cost = {
  steps: fc.nat({ max: 50 }),
  tokens: fc.nat({ max: 100_000 }),
  costUsd: fc.double({ min: 0, max: 5, noNaN: true }),
  unknownUsd: fc.constantFrom(0, 0, 0.1),
  seconds: fc.double({ min: 0, max: 4_000, noNaN: true }),
};
const names = ['analyze', 'plan'] as const;
const run: fc.Arbitrary<PastRun> = fc.record({
  ...cost,
  phases: fc.uniqueArray(fc.record({ name: fc.constantFrom(...names), ...cost }), { selector: ({ name }) => name }),
});

function runOf(costUsd: number): PastRun {
  return { steps: 4, tokens: 100, costUsd, unknownUsd: 0, seconds: 10, phases: [] };
}

describe('an estimate', () => {
  test('without past runs says that it has no basis', () => {
    expect(estimateFrom([], names)).toEqual({ basis: 'none', runs: 0 });
  });

  test('is the middle of past runs and what nine of ten kept to', () => {
    const estimate = estimateFrom(
      [5, 1, 3, 2, 4].map((usd) => runOf(usd / 10)),
      [],
    );
    expect(estimate).toMatchObject({ runs: 5, costUsd: { median: 0.3, p90: 0.46 }, tokens: { median: 100, p90: 100 } });
  });

  test('counts a phase that a run did not enter as nothing there', () => {
    const entered = { name: 'plan', steps: 2, tokens: 60, costUsd: 0.2, unknownUsd: 0, seconds: 4 };
    const estimate = estimateFrom([{ ...runOf(1), phases: [entered] }, runOf(1), runOf(1)], ['plan']);
    expect(estimate).toMatchObject({ phases: [{ name: 'plan', costUsd: { median: 0, p90: 0.16 } }] });
  });

  test('has no median beyond its ninth tenth, lies between the runs, and does not depend on their order', () => {
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 30 }), (runs) => {
        const estimate = estimateFrom(runs, names);
        if (estimate.basis === 'none') throw new Error('there are runs');
        for (const each of [estimate, ...estimate.phases])
          for (const spread of [each.costUsd, each.tokens, each.seconds, each.steps])
            expect(spread.median).toBeLessThanOrEqual(spread.p90);
        const tokens = runs.map((one) => one.tokens);
        expect(estimate.tokens.median).toBeGreaterThanOrEqual(Math.min(...tokens));
        expect(estimate.tokens.p90).toBeLessThanOrEqual(Math.max(...tokens));
        expect(estimateFrom(runs.toReversed(), names)).toEqual(estimate);
      }),
    );
  });
});
