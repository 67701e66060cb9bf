import { sql } from 'kysely';
import type { BudgetSnapshot, RunChange, RunEvent } from '../../../src/contract/events.ts';
import type { RunColumns } from '../../../src/db/runs/run-events.ts';
import { json, jsonOrNull } from '../../../src/db/values.ts';
import { isObject } from '../../support/json-value.ts';
import type { LockedRun } from './run-lock.ts';
import { reachedStep } from './step-rows.ts';
import type { FreshChange } from './unwritten.ts';

type Finished = Extract<RunEvent, { readonly type: 'run.finished' }>;

// Above any number of changes of one execution; a rerun begins to count anew from where it was reset to.
const changesPerEpoch = 1_000_000;

/** Where a change stands among all changes of the run, reruns included. */
function orderOf(run: LockedRun, change: RunChange): number {
  return run.epoch * changesPerEpoch + change.sequence;
}

function totals(budget: BudgetSnapshot) {
  return {
    budget: json(budget),
    // Usage is added as it is paid, by the activities; the ledger knows of nothing that they do not.
    total_tokens: sql<number>`greatest(total_tokens, ${budget.spentTokens}::int)`,
    total_cost_usd: sql<number>`greatest(total_cost_usd, ${budget.spentUsd}::numeric)`,
  };
}

function finishedColumns(event: Finished, at: string) {
  const summary = isObject(event.result) ? event.result['summary'] : null;
  return {
    status: event.status,
    outcome: event.outcome,
    output: jsonOrNull(event.result),
    summary: typeof summary === 'string' ? summary : null,
    error_code: event.errorCode,
    error_message: event.errorMessage,
    error_details: jsonOrNull(event.errorDetails),
    completed_at: at,
    waiting_on: null,
    paused_at: null,
    ...totals(event.budget),
  };
}

function columnsOf({ event, at }: RunChange): RunColumns {
  switch (event.type) {
    case 'run.status':
      return {
        status: event.status,
        waiting_on: event.waitingOn === null ? null : json(event.waitingOn),
        paused_at: event.status === 'paused' ? at : null,
        started_at: sql<string>`coalesce(started_at, ${at}::timestamptz)`,
        // A finished run that is rerun is not finished any more.
        completed_at: null,
        outcome: null,
        output: null,
        error_code: null,
        error_message: null,
        error_details: null,
      };
    case 'run.retrying':
      return {
        attempt: event.attempt,
        error_code: event.errorCode,
        error_message: event.errorMessage,
        error_details: jsonOrNull(event.errorDetails),
      };
    case 'run.phase':
      return { phase: event.phase };
    case 'budget.changed':
      return totals(event.budget);
    case 'step.started':
      return reachedStep(event.step);
    case 'run.finished':
      return finishedColumns(event, at);
    default:
      return {};
  }
}

// Changes of the same numbers and later ones belong to a workflow task that was lost, where one is written instead.
function newestOf(run: LockedRun, fresh: readonly FreshChange[]): number {
  const first = fresh.find(({ instead }) => instead);
  return first === undefined ? run.stateSeq : Math.min(run.stateSeq, orderOf(run, first.change) - 1);
}

/**
 * What changes say of the run itself, later ones over earlier ones; a change older than the newest written says nothing
 * any more.
 */
export function runColumns(run: LockedRun, fresh: readonly FreshChange[]): RunColumns {
  const newest = newestOf(run, fresh);
  const newer = fresh.map(({ change }) => change).filter((change) => orderOf(run, change) > newest);
  return newer.reduce<RunColumns>(
    (columns, change) => ({ ...columns, ...columnsOf(change), state_seq: orderOf(run, change) }),
    {},
  );
}
