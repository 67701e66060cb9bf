import type { CallCost } from './step.ts';

/** Limits of a run; null means unlimited. USD, tokens, and numbered steps. */
export type BudgetLimits = {
  readonly maxCostUsd: number | null;
  readonly maxTokens: number | null;
  readonly maxSteps: number | null;
  /** At the hard line: `ask` opens a request to raise, narrow or stop; `abort` fails the run with `budget_exceeded`. */
  readonly onExhausted: 'ask' | 'abort';
  /** Share of a limit at which the run warns and prefers the cheaper model (the soft line), 0 to 1. */
  readonly softRatio: number;
};

export type Reservation = { readonly usd: number; readonly tokens: number };

/**
 * The ledger kept in workflow state (C5). What was spent plus what is unknown plus what is reserved never passes a limit:
 * every call reserves its upper bound before it starts, and calls that run side by side reserve first.
 */
export type BudgetLedger = {
  readonly limits: BudgetLimits;
  readonly spentUsd: number;
  readonly spentTokens: number;
  /** Held for calls whose outcome or price nobody knows; counts as spent. */
  readonly unknownUsd: number;
  readonly steps: number;
  readonly reservations: Readonly<Record<string, Reservation>>;
  /** True once the soft line was passed or a person chose `narrow`. */
  readonly preferCheaper: boolean;
  /** True after a person chose `narrow`: calls make do with what is left. */
  readonly narrowed: boolean;
  readonly warned: boolean;
};

export const defaultLimits: BudgetLimits = {
  maxCostUsd: 1,
  maxTokens: null,
  maxSteps: 200,
  onExhausted: 'ask',
  softRatio: 0.8,
};

type GivenLimits = { readonly [Name in keyof BudgetLimits]?: BudgetLimits[Name] | undefined };

/** Limits of a start: the defaults, then `maxCost` and `maxSteps` of its options, then its budget's own. */
export function startLimits(
  options: { readonly maxCost?: number | undefined; readonly maxSteps?: number | undefined },
  budget: GivenLimits,
): BudgetLimits {
  const { maxCost, maxSteps } = options;
  const given = Object.fromEntries(Object.entries(budget).filter(([, value]) => value !== undefined));
  return {
    ...defaultLimits,
    ...(maxCost === undefined ? {} : { maxCostUsd: maxCost }),
    ...(maxSteps === undefined ? {} : { maxSteps }),
    ...given,
  };
}

export type Shortage = {
  readonly limit: 'maxCostUsd' | 'maxTokens' | 'maxSteps';
  readonly allowed: number;
  readonly committed: number;
  readonly requested: number;
};

export type ReserveResult =
  { readonly ok: true; readonly ledger: BudgetLedger } | { readonly ok: false; readonly shortage: Shortage };

export function openLedger(limits: BudgetLimits): BudgetLedger {
  return {
    limits,
    spentUsd: 0,
    spentTokens: 0,
    unknownUsd: 0,
    steps: 0,
    reservations: {},
    preferCheaper: false,
    narrowed: false,
    warned: false,
  };
}

// Nine decimals hold a tenth of a cent per million tokens; rounding keeps sums from drifting.
function roundUsd(usd: number): number {
  return Math.round(usd * 1e9) / 1e9;
}

/** USD spent, unknown and reserved together. */
export function committedUsd(ledger: BudgetLedger): number {
  const reserved = Object.values(ledger.reservations).reduce((sum, one) => sum + one.usd, 0);
  return roundUsd(ledger.spentUsd + ledger.unknownUsd + reserved);
}

/** Tokens spent and reserved together. */
export function committedTokens(ledger: BudgetLedger): number {
  return ledger.spentTokens + Object.values(ledger.reservations).reduce((sum, one) => sum + one.tokens, 0);
}

function findShortage(ledger: BudgetLedger, request: Reservation): Shortage | null {
  const { maxCostUsd, maxTokens } = ledger.limits;
  const usd = committedUsd(ledger);
  if (maxCostUsd !== null && roundUsd(usd + request.usd) > maxCostUsd) {
    return { limit: 'maxCostUsd', allowed: maxCostUsd, committed: usd, requested: request.usd };
  }
  const tokens = committedTokens(ledger);
  if (maxTokens !== null && tokens + request.tokens > maxTokens) {
    return { limit: 'maxTokens', allowed: maxTokens, committed: tokens, requested: request.tokens };
  }
  return null;
}

/** Sets `request` aside under `key`, or says which limit it would pass. A key that is reserved already is replaced. */
export function reserve(ledger: BudgetLedger, key: string, request: Reservation): ReserveResult {
  const others = withoutReservation(ledger, key);
  const shortage = findShortage(others, request);
  if (shortage !== null) return { ok: false, shortage };
  return { ok: true, ledger: { ...others, reservations: { ...others.reservations, [key]: request } } };
}

/** Counts one more numbered step, or says that `maxSteps` is reached. */
export function countStep(ledger: BudgetLedger): ReserveResult {
  const { maxSteps } = ledger.limits;
  if (maxSteps !== null && ledger.steps + 1 > maxSteps) {
    return { ok: false, shortage: { limit: 'maxSteps', allowed: maxSteps, committed: ledger.steps, requested: 1 } };
  }
  return { ok: true, ledger: { ...ledger, steps: ledger.steps + 1 } };
}

function withoutReservation(ledger: BudgetLedger, key: string): BudgetLedger {
  const { [key]: _gone, ...reservations } = ledger.reservations;
  return { ...ledger, reservations };
}

/** Replaces the reservation by what the call cost; its unknown part stays held (`count_as_reserved`). */
export function settle(ledger: BudgetLedger, key: string, cost: CallCost): BudgetLedger {
  const open = withoutReservation(ledger, key);
  return {
    ...open,
    spentUsd: roundUsd(open.spentUsd + (cost.usd ?? 0)),
    unknownUsd: roundUsd(open.unknownUsd + cost.unknownUsd),
    spentTokens: open.spentTokens + cost.promptTokens + cost.completionTokens,
  };
}

/** Keeps the whole reservation as spent: the call's outcome is unknown (its worker died and nothing was recorded). */
export function settleUnknown(ledger: BudgetLedger, key: string): BudgetLedger {
  const held = ledger.reservations[key] ?? { usd: 0, tokens: 0 };
  const open = withoutReservation(ledger, key);
  return {
    ...open,
    unknownUsd: roundUsd(open.unknownUsd + held.usd),
    spentTokens: open.spentTokens + held.tokens,
  };
}

/** Whether the soft line of any limit is passed. */
export function passedSoftLine(ledger: BudgetLedger): boolean {
  const { maxCostUsd, maxTokens, softRatio } = ledger.limits;
  const overUsd = maxCostUsd !== null && maxCostUsd > 0 && committedUsd(ledger) >= maxCostUsd * softRatio;
  const overTokens = maxTokens !== null && maxTokens > 0 && committedTokens(ledger) >= maxTokens * softRatio;
  return overUsd || overTokens;
}

/** What is left before the hard line; null when unlimited. */
export function remaining(ledger: BudgetLedger): { usd: number | null; tokens: number | null; steps: number | null } {
  const { maxCostUsd, maxTokens, maxSteps } = ledger.limits;
  return {
    usd: maxCostUsd === null ? null : Math.max(0, roundUsd(maxCostUsd - committedUsd(ledger))),
    tokens: maxTokens === null ? null : Math.max(0, maxTokens - committedTokens(ledger)),
    steps: maxSteps === null ? null : Math.max(0, maxSteps - ledger.steps),
  };
}
