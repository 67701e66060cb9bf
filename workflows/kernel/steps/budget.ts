import { condition } from '@temporalio/workflow';
import { passedSoftLine, remaining, reserve } from '../../../src/contract/budget.ts';
import type { BudgetLedger, Reservation, ReserveResult, Shortage } from '../../../src/contract/budget.ts';
import type { Answers } from '../../../src/contract/request.ts';
import { runFailure, StopRequested } from '../failures.ts';
import { budgetRequest } from '../requests/budget-request.ts';
import { record, snapshot } from '../state/changes.ts';
import type { RunContext } from '../state/context.ts';
import { openRequests } from '../state/run-state.ts';
import { isEnding } from './border.ts';
import { openRequest, waitForRequest } from '../requests/request.ts';

export type Wanted = {
  /** Names the reservation: one per step. */
  readonly key: string;
  readonly request: Reservation;
  /** False for a first guess, which a narrowed run may cut; what a call has measured it needs in full. */
  readonly measured: boolean;
};

/** Sets the call's upper bound aside, asking the person or failing when the hard line is reached. */
export async function reserveFor(context: RunContext, { key, request, measured }: Wanted): Promise<Reservation> {
  let wanted = request;
  await untilAffordable(context, (ledger) => {
    wanted = measured ? request : narrowed(ledger, request);
    return reserve(ledger, key, wanted);
  });
  noteSoftLine(context);
  return wanted;
}

// After `narrow`, a call makes do with what is left: the activity looks for a cheaper model that fits.
function narrowed(ledger: BudgetLedger, request: Reservation): Reservation {
  const left = remaining(ledger);
  if (!ledger.narrowed || left.usd === null || left.usd <= 0) return request;
  return { usd: Math.min(request.usd, left.usd), tokens: request.tokens };
}

/** Repeats `attempt` until the budget allows it. */
export async function untilAffordable(
  context: RunContext,
  attempt: (ledger: BudgetLedger) => ReserveResult,
): Promise<void> {
  const { state } = context;
  for (;;) {
    const result = attempt(state.ledger);
    if (result.ok) {
      state.ledger = result.ledger;
      return;
    }
    if (await othersSettled(context, result.shortage)) continue;
    if (state.ledger.limits.onExhausted === 'abort') throw exhausted(context, result.shortage);
    await askForMore(context, result.shortage);
  }
}

/**
 * Waits for one of the calls under way, if there are any: they hold more than they will cost, so the line is reached only
 * when nothing is held any more. A step that waits here holds nothing itself.
 */
async function othersSettled(context: RunContext, { limit }: Shortage): Promise<boolean> {
  const { state } = context;
  const held = state.ledger.reservations;
  if (limit === 'maxSteps' || Object.keys(held).length === 0) return false;
  await condition(() => state.ledger.reservations !== held || isEnding(context));
  if (isEnding(context)) throw new StopRequested(state.stopping?.reason ?? null);
  return true;
}

function exhausted(context: RunContext, shortage: Shortage): Error {
  const message = `The budget is used up: ${shortage.limit} is ${shortage.allowed}, ${shortage.committed} is committed, ${shortage.requested} more is needed.`;
  return runFailure('budget_exceeded', message, { ...shortage, budget: snapshot(context.state.ledger) });
}

function noteSoftLine(context: RunContext): void {
  const { state } = context;
  if (state.ledger.warned || !passedSoftLine(state.ledger)) return;
  state.ledger = { ...state.ledger, warned: true, preferCheaper: true };
  record(context, {
    type: 'budget.changed',
    budget: snapshot(state.ledger),
    reason: 'The soft line is passed: cheaper models are preferred from here on.',
  });
}

/** One request at a time: other branches wait for its outcome and then look at the budget again. */
async function askForMore(context: RunContext, shortage: Shortage): Promise<void> {
  const { state } = context;
  if (context.askingBudget) {
    await condition(() => !context.askingBudget);
    if (isEnding(context)) throw new StopRequested(state.stopping?.reason ?? null);
    return;
  }
  const asked = openRequests(state).find((request) => request.kind === 'budget');
  context.askingBudget = true;
  try {
    // A continued run finds its open request here and waits for that one.
    const resolution = await waitForRequest(context, asked ?? openRequest(context, budgetRequest(context, shortage)));
    if (resolution.kind === 'expired') throw exhausted(context, shortage);
    if (resolution.kind === 'answers') obey(context, shortage, resolution.answers);
  } finally {
    context.askingBudget = false;
  }
}

function obey(context: RunContext, shortage: Shortage, answers: Answers): void {
  const { state } = context;
  if (answers['action'] === 'stop') {
    state.stopping = { reason: 'The budget is used up and was not raised.' };
    throw new StopRequested(state.stopping.reason);
  }
  if (answers['action'] === 'narrow') {
    state.ledger = { ...state.ledger, narrowed: true, preferCheaper: true };
    record(context, {
      type: 'budget.changed',
      budget: snapshot(state.ledger),
      reason: 'Narrowed: the cheapest models that fit from here on.',
    });
    return;
  }
  const amount = Number(answers['amount']);
  state.ledger = { ...state.ledger, warned: false, limits: { ...state.ledger.limits, [shortage.limit]: amount } };
  record(context, {
    type: 'budget.changed',
    budget: snapshot(state.ledger),
    reason: `Raised ${shortage.limit} to ${amount}.`,
  });
}
