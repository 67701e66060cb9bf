import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  committedTokens,
  committedUsd,
  countStep,
  defaultLimits,
  openLedger,
  passedSoftLine,
  remaining,
  reserve,
  settle,
  settleUnknown,
} from '../../../src/contract/budget.ts';
import type { BudgetLedger } from '../../../src/contract/budget.ts';
import { noCost } from '../../../src/contract/step.ts';

type Action =
  | { readonly kind: 'reserve'; readonly key: string; readonly usd: number; readonly tokens: number }
  | { readonly kind: 'settle'; readonly key: string; readonly share: number; readonly unknown: boolean }
  | { readonly kind: 'lose'; readonly key: string };

const key = fc.constantFrom('a', 'b', 'c', 'd');
const usd = fc.integer({ min: 0, max: 400_000_000 }).map((nano) => nano / 1e9);
const actions: fc.Arbitrary<readonly Action[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('reserve' as const), key, usd, tokens: fc.integer({ min: 0, max: 4_000 }) }),
    fc.record({
      kind: fc.constant('settle' as const),
      key,
      share: fc.integer({ min: 0, max: 100 }),
      unknown: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('lose' as const), key }),
  ),
  { maxLength: 40 },
);

const limits = { ...defaultLimits, maxCostUsd: 1, maxTokens: 10_000, maxSteps: 5 };

/** Plays one action; a call never costs more than it reserved, as the model service guarantees. */
function play(ledger: BudgetLedger, action: Action): BudgetLedger {
  const held = ledger.reservations[action.key];
  if (action.kind === 'reserve') {
    const result = reserve(ledger, action.key, action);
    return result.ok ? result.ledger : ledger;
  }
  if (held === undefined) return ledger;
  if (action.kind === 'lose') return settleUnknown(ledger, action.key);
  const promptTokens = Math.floor((held.tokens * action.share) / 100);
  return settle(ledger, action.key, {
    ...noCost,
    usd: action.unknown ? null : (held.usd * action.share) / 100,
    unknownUsd: action.unknown ? held.usd : 0,
    promptTokens,
  });
}

describe('the budget ledger', () => {
  it('never passes a limit, whatever the order of reservations and settlements', () => {
    fc.assert(
      fc.property(actions, (list) => {
        let ledger = openLedger(limits);
        for (const action of list) {
          ledger = play(ledger, action);
          expect(committedUsd(ledger)).toBeLessThanOrEqual(1);
          expect(committedTokens(ledger)).toBeLessThanOrEqual(10_000);
          expect(ledger.spentUsd + ledger.unknownUsd).toBeLessThanOrEqual(committedUsd(ledger) + 1e-9);
        }
      }),
    );
  });

  it('says what is left so that exactly that much can be reserved and not a nano dollar more', () => {
    fc.assert(
      fc.property(actions, (list) => {
        const ledger = list.reduce(play, openLedger(limits));
        const left = remaining(ledger);
        const all = { usd: left.usd ?? 0, tokens: left.tokens ?? 0 };
        expect(reserve(ledger, 'new', all).ok).toBe(true);
        expect(reserve(ledger, 'new', { ...all, usd: all.usd + 2e-9 }).ok).toBe(false);
        expect(reserve(ledger, 'new', { ...all, tokens: all.tokens + 1 }).ok).toBe(false);
      }),
    );
  });

  it('names the limit that is short, with what is committed and what was asked', () => {
    const first = reserve(openLedger(limits), 'a', { usd: 0.7, tokens: 10 });
    if (!first.ok) throw new Error('the first reservation fits');
    expect(reserve(first.ledger, 'b', { usd: 0.4, tokens: 10 })).toEqual({
      ok: false,
      shortage: { limit: 'maxCostUsd', allowed: 1, committed: 0.7, requested: 0.4 },
    });
    expect(reserve(first.ledger, 'b', { usd: 0.1, tokens: 9_991 })).toMatchObject({
      ok: false,
      shortage: { limit: 'maxTokens' },
    });
  });

  it('replaces a reservation under the same key instead of adding to it', () => {
    const first = reserve(openLedger(limits), 'a', { usd: 0.9, tokens: 1 });
    if (!first.ok) throw new Error('the first reservation fits');
    const second = reserve(first.ledger, 'a', { usd: 0.95, tokens: 2 });
    expect(second.ok && committedUsd(second.ledger)).toBe(0.95);
  });

  it('keeps what nobody knows held as if it were spent', () => {
    const held = reserve(openLedger(limits), 'a', { usd: 0.6, tokens: 100 });
    if (!held.ok) throw new Error('fits');
    const lost = settleUnknown(held.ledger, 'a');
    expect(lost).toMatchObject({ unknownUsd: 0.6, spentUsd: 0, spentTokens: 100, reservations: {} });
    expect(reserve(lost, 'b', { usd: 0.5, tokens: 0 }).ok).toBe(false);
  });

  it('counts steps up to the limit and then says so', () => {
    let ledger = openLedger({ ...limits, maxSteps: 2 });
    for (let step = 0; step < 2; step += 1) {
      const counted = countStep(ledger);
      if (!counted.ok) throw new Error('two steps are allowed');
      ledger = counted.ledger;
    }
    expect(countStep(ledger)).toEqual({
      ok: false,
      shortage: { limit: 'maxSteps', allowed: 2, committed: 2, requested: 1 },
    });
  });

  it('allows everything where limits are lifted', () => {
    const open = openLedger({ ...limits, maxCostUsd: null, maxTokens: null, maxSteps: null });
    expect(reserve(open, 'a', { usd: 1e6, tokens: 1e9 }).ok).toBe(true);
    expect(remaining(open)).toEqual({ usd: null, tokens: null, steps: null });
    expect(passedSoftLine(open)).toBe(false);
  });

  it('passes the soft line at its share of a limit, counting what is only reserved', () => {
    const below = reserve(openLedger(limits), 'a', { usd: 0.79, tokens: 0 });
    const at = reserve(openLedger(limits), 'a', { usd: 0.8, tokens: 0 });
    expect(below.ok && passedSoftLine(below.ledger)).toBe(false);
    expect(at.ok && passedSoftLine(at.ledger)).toBe(true);
  });

  it('adds many small sums without drifting', () => {
    let ledger = openLedger({ ...limits, maxCostUsd: 1, maxTokens: null });
    for (let call = 0; call < 1_000; call += 1) ledger = settle(ledger, 'x', { ...noCost, usd: 0.001 });
    expect(ledger.spentUsd).toBe(1);
  });
});
