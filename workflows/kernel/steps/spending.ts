import type { Reservation } from '../../../src/contract/budget.ts';
import { remaining, settle, settleUnknown } from '../../../src/contract/budget.ts';
import { noCost } from '../../../src/contract/step.ts';
import type { CallCost, StepRef } from '../../../src/contract/step.ts';
import { readFailure } from '../failures.ts';
import type { RunContext } from '../state/context.ts';
import { reserveFor } from './budget.ts';

/** What a spending activity is given, and what it must answer: done, or a bigger grant needed. */
export type Spending = {
  readonly grant: Reservation;
  readonly preferCheaper: boolean;
  readonly leftUsd: number | null;
  readonly settled: CallCost;
  readonly invocation: number;
};
type Needs = { readonly kind: 'needs'; readonly grant: Reservation; readonly cost: CallCost };
type Spent = { readonly kind: string; readonly cost: CallCost };

function addCost(a: CallCost, b: CallCost): CallCost {
  return {
    usd: a.usd === null || b.usd === null ? null : a.usd + b.usd,
    unknownUsd: a.unknownUsd + b.unknownUsd,
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    attempts: a.attempts + b.attempts,
    model: b.model ?? a.model,
    cached: b.cached,
  };
}

/** A failure's own account of what was spent, when it has one. */
function costOf(error: unknown): CallCost | null {
  const cost = readFailure(error)?.details['cost'];
  // Written by our own model activity: `CallCost` whenever it is there.
  return typeof cost === 'object' && cost !== null ? (cost as unknown as CallCost) : null;
}

/**
 * Calls a spending activity under a reservation, settles what it cost, and reserves more when it says so. The hard line
 * holds because nothing is asked beyond the grant, and the grant is set aside before.
 */
export async function spend<R extends Spent>(
  context: RunContext,
  start: { readonly step: StepRef; readonly estimate: Reservation },
  call: (spending: Spending) => Promise<R | Needs>,
): Promise<{ readonly result: Exclude<R, Needs>; readonly cost: CallCost }> {
  const { state } = context;
  const key = `step-${start.step.number}`;
  let wanted = start.estimate;
  const name = `${start.step.path}#${start.step.iteration}`;
  // An earlier attempt of the run paid for tries of this step, and its ledger has settled them.
  let settled = state.paid?.[name] ?? noCost;
  for (let invocation = 0; ; invocation += 1) {
    const grant = await reserveFor(context, { key, request: wanted, measured: invocation > 0 });
    const { preferCheaper } = state.ledger;
    const { usd } = remaining(state.ledger);
    const leftUsd = usd === null ? null : usd + grant.usd;
    const result = await settling(
      context,
      { key, name, settled },
      async () => await call({ grant, preferCheaper, leftUsd, settled, invocation }),
    );
    state.ledger = settle(state.ledger, key, result.cost);
    settled = addCost(settled, result.cost);
    if (result.kind !== 'needs') return { result: result as Exclude<R, Needs>, cost: settled };
    wanted = (result as Needs).grant;
  }
}

type Held = { readonly key: string; readonly name: string; readonly settled: CallCost };

async function settling<T>(context: RunContext, held: Held, call: () => Promise<T>): Promise<T> {
  const { state } = context;
  const { key, name, settled } = held;
  const reserved = state.ledger.reservations[key] ?? { usd: 0, tokens: 0 };
  try {
    return await call();
  } catch (error) {
    const cost = costOf(error);
    state.ledger = cost === null ? settleUnknown(state.ledger, key) : settle(state.ledger, key, cost);
    const lost = { ...noCost, unknownUsd: reserved.usd, promptTokens: reserved.tokens };
    if (state.admitted.attempts !== undefined) state.paid = { ...state.paid, [name]: addCost(settled, cost ?? lost) };
    throw error;
  }
}
