import { sql } from 'kysely';
import type { Json } from '../../../src/contract/json.ts';
import type { CallCost, ModelChoice, StepRef, StepStatus } from '../../../src/contract/step.ts';
import type { RunColumns } from '../../../src/db/runs/run-events.ts';
import { json, jsonOrNull } from '../../../src/db/values.ts';
import { epochOf } from '../../support/effect-key.ts';
import type { Tx } from '../../support/transaction.ts';
import type { LockedRun } from './run-lock.ts';

export type StepStart = { readonly step: StepRef; readonly input: Json; readonly at: string };

export type StepEnd = {
  readonly step: StepRef;
  readonly status: Exclude<StepStatus, 'pending' | 'running'>;
  /** The whole output; `view` is the part that the workflow saw. */
  readonly output: Json;
  readonly view?: Json;
  readonly reasoning: string | null;
  readonly cost: CallCost | null;
  readonly error: string | null;
  readonly at: string;
  readonly provider?: string | null;
  readonly choice?: ModelChoice | null;
  readonly promptDigest?: string | null;
  readonly factsDigest?: string | null;
};

// What a row's `state_seq` says: a later epoch wins over an earlier one, and an end over a start.
function rank(run: LockedRun, state: { readonly step: StepRef; readonly ended: boolean }): number {
  return epochOf(run.epochs, state.step.number) * 2 + (state.ended ? 1 : 0);
}

function namesOf(run: LockedRun, step: StepRef) {
  return {
    workflow_id: run.ref.runId,
    user_id: run.ref.userId,
    step_number: step.number,
    step_type: step.type,
    name: step.name,
    path: step.path,
    iteration: step.iteration,
    title: step.title,
    phase: step.phase,
    slot: step.slot,
  };
}

const nothingYet = {
  output: null,
  view: null,
  reasoning: null,
  completed_at: null,
  error_message: null,
  model_used: null,
  tokens_used: null,
  prompt_tokens: null,
  completion_tokens: null,
  cost_usd: null,
  retry_count: 0,
  cached: false,
  choice: null,
  unknown_cost: false,
} as const;

/** Writes a step that started; one that ended already stays as it is, unless it is done again in a later epoch. */
export async function writeStepStart(tx: Tx, run: LockedRun, start: StepStart): Promise<void> {
  const stateSeq = rank(run, { step: start.step, ended: false });
  const values = {
    ...namesOf(run, start.step),
    ...nothingYet,
    status: 'running' as const,
    input: json(start.input),
    started_at: start.at,
    state_seq: stateSeq,
  };
  await tx
    .insertInto('agentic_workflow_steps')
    .values(values)
    .onConflict((conflict) =>
      conflict
        .columns(['workflow_id', 'step_number'])
        .doUpdateSet(values)
        .where('agentic_workflow_steps.state_seq', '<', stateSeq),
    )
    .execute();
}

/** What a step that started says of its run. */
export function reachedStep(step: StepRef): RunColumns {
  return { current_step: sql<number>`greatest(current_step, ${step.number}::int)` };
}

function costColumns(cost: CallCost | null) {
  if (cost === null) return { tokens_used: 0, cost_usd: 0, unknown_cost: false };
  return {
    model_used: cost.model,
    prompt_tokens: cost.promptTokens,
    completion_tokens: cost.completionTokens,
    tokens_used: cost.promptTokens + cost.completionTokens,
    cost_usd: cost.usd,
    unknown_cost: cost.usd === null || cost.unknownUsd > 0,
    cached: cost.cached,
    retry_count: Math.max(0, cost.attempts - 1),
  };
}

/** Writes a step that ended, also when its start was never written; an end of an earlier epoch changes nothing. */
export async function writeStepEnd(tx: Tx, run: LockedRun, end: StepEnd): Promise<void> {
  const stateSeq = rank(run, { step: end.step, ended: true });
  const values = {
    ...namesOf(run, end.step),
    ...costColumns(end.cost),
    status: end.status,
    output: jsonOrNull(end.output),
    view: jsonOrNull(end.view),
    reasoning: end.reasoning,
    error_message: end.error,
    completed_at: end.at,
    state_seq: stateSeq,
    ...(end.choice === undefined ? {} : { choice: jsonOrNull(end.choice) }),
    ...(end.provider === undefined ? {} : { provider: end.provider }),
    ...(end.promptDigest === undefined ? {} : { prompt_digest: end.promptDigest }),
    ...(end.factsDigest === undefined ? {} : { facts_digest: end.factsDigest }),
  };
  await tx
    .insertInto('agentic_workflow_steps')
    .values({ ...values, input: json(null), started_at: end.at })
    .onConflict((conflict) =>
      conflict
        .columns(['workflow_id', 'step_number'])
        .doUpdateSet(values)
        .where('agentic_workflow_steps.state_seq', '<=', stateSeq),
    )
    .execute();
}
