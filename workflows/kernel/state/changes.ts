import { CancellationScope, condition } from '@temporalio/workflow';
import { projection } from '../activities.ts';
import { committedUsd } from '../../../src/contract/budget.ts';
import type { BudgetLedger } from '../../../src/contract/budget.ts';
import type { BudgetSnapshot, RunChange, RunEvent } from '../../../src/contract/events.ts';
import type { RunContext } from './context.ts';

/** Notes that something happened. It reaches the database with the next activity, or with `flush`. */
export function record(context: RunContext, event: RunEvent): void {
  const { state } = context;
  state.changeCount += 1;
  const change = { key: `w${state.changeCount}`, sequence: state.changeCount, at: new Date().toISOString(), event };
  state.pending = [...state.pending, change];
}

// Half of what a payload may have (256 KB); a call's own arguments need room beside the changes it carries.
const carriedChars = 100_000;

/** Hands pending changes, oldest first and as many as fit, to an activity call; if it fails they come back by `giveBack`. */
export function takeChanges(context: RunContext): readonly RunChange[] {
  const { pending } = context.state;
  let chars = 0;
  const tooMany = pending.findIndex((change, index) => {
    chars += JSON.stringify(change).length;
    return index > 0 && chars > carriedChars;
  });
  const count = tooMany < 0 ? pending.length : tooMany;
  context.state.pending = pending.slice(count);
  return pending.slice(0, count);
}

/** Puts changes back in front: the call that carried them failed, and writing them twice is harmless. */
export function giveBack(context: RunContext, changes: readonly RunChange[]): void {
  context.state.pending = [...changes, ...context.state.pending];
}

/**
 * Writes what is pending now. Called before a run waits: nobody should look at a stale row for days. Returns when all is
 * written, by whichever branch: a waiter would spin on what another one still writes, and a continuation lose it.
 */
export async function flush(context: RunContext): Promise<void> {
  if (!context.state.registered) return;
  await CancellationScope.nonCancellable(async () => {
    while (context.state.pending.length > 0 || context.flushing) {
      if (context.flushing) await condition(() => !context.flushing);
      else await write(context);
    }
  });
}

async function write(context: RunContext): Promise<void> {
  context.flushing = true;
  const changes = takeChanges(context);
  try {
    await projection.project({ run: context.state.admitted.run, changes });
  } catch (error) {
    giveBack(context, changes);
    throw error;
  } finally {
    context.flushing = false;
  }
}

/** The ledger as rows and people see it. */
export function snapshot(ledger: BudgetLedger): BudgetSnapshot {
  const { limits, spentUsd, spentTokens, unknownUsd, steps } = ledger;
  return {
    limits,
    spentUsd,
    spentTokens,
    unknownUsd,
    steps,
    reservedUsd: committedUsd(ledger) - spentUsd - unknownUsd,
  };
}
