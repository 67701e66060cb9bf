import type { CallCost } from '../../src/contract/step.ts';
import type { RunRef } from '../../src/contract/run.ts';
import { json } from '../../src/db/values.ts';
import type { AttemptRecord, AttemptStart } from '../../src/models/model-service.ts';
import type { Tx } from '../support/transaction.ts';

export type AttemptOf = {
  readonly run: RunRef;
  readonly stepNumber: number;
  readonly effectKey: string;
  readonly operation: string;
  readonly requestHash: string;
};

function columnsOf(of: AttemptOf, model: string) {
  return {
    user_id: of.run.userId,
    run_id: of.run.runId,
    step_number: of.stepNumber,
    effect_key: of.effectKey,
    operation_type: of.operation,
    request_hash: of.requestHash,
    model_requested: model,
    model_used: model,
  };
}

/**
 * Notes an attempt before it is sent. Should nobody ever learn how it ended, the row stays `unknown` and counts as what
 * the attempt can have cost at most.
 */
export async function beginAttempt(tx: Tx, of: AttemptOf, start: AttemptStart): Promise<string> {
  const row = await tx
    .insertInto('llm_usage_logs')
    .values({
      ...columnsOf(of, start.model),
      attempt: start.attempt,
      status: 'unknown',
      bound_usd: start.boundUsd,
      bound_tokens: start.boundTokens,
      choice: json(start.choice),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Completes an attempt's row with what became of it. */
export async function endAttempt(tx: Tx, id: string, record: AttemptRecord): Promise<void> {
  await tx
    .updateTable('llm_usage_logs')
    .set({
      model_used: record.modelUsed,
      provider: record.provider,
      prompt_tokens: record.promptTokens,
      completion_tokens: record.completionTokens,
      total_tokens: record.totalTokens,
      input_cost_usd: record.inputCostUsd,
      output_cost_usd: record.outputCostUsd,
      total_cost_usd: record.totalCostUsd,
      response_time_ms: record.responseTimeMs,
      status: record.status,
      error: record.error === null ? null : `${record.error.code}: ${record.error.message}`,
    })
    .where('id', '=', id)
    .execute();
}

/** Notes a call that was answered from the cache: no tokens, no cost, but seen in the usage. */
export async function noteCached(tx: Tx, of: AttemptOf, model: string): Promise<void> {
  await tx
    .insertInto('llm_usage_logs')
    .values({
      ...columnsOf(of, model),
      status: 'success',
      cached: true,
      input_cost_usd: 0,
      output_cost_usd: 0,
      total_cost_usd: 0,
    })
    .execute();
}

/** All that an effect's attempts cost so far, whoever made them: attempts of unknown outcome or price count at their bound. */
export async function costOfEffect(tx: Tx, effectKey: string): Promise<CallCost> {
  const rows = await tx
    .selectFrom('llm_usage_logs')
    .select([
      'total_cost_usd',
      'bound_usd',
      'total_tokens',
      'prompt_tokens',
      'completion_tokens',
      'bound_tokens',
      'status',
      'model_used',
      'cached',
    ])
    .where('effect_key', '=', effectKey)
    .orderBy('created_at')
    .execute();
  const known = rows.filter((row) => row.total_cost_usd !== null);
  const unknown = rows.filter((row) => row.total_cost_usd === null);
  // Nobody said how many they were: a lost answer, a timeout, an answer without usage.
  const tokens = (row: (typeof rows)[number]): number =>
    row.total_tokens === 0 && row.total_cost_usd === null ? row.bound_tokens : 0;
  return {
    usd: known.reduce((sum, row) => sum + (row.total_cost_usd ?? 0), 0),
    unknownUsd: unknown.reduce((sum, row) => sum + row.bound_usd, 0),
    promptTokens: rows.reduce((sum, row) => sum + row.prompt_tokens + tokens(row), 0),
    completionTokens: rows.reduce((sum, row) => sum + row.completion_tokens, 0),
    attempts: rows.length,
    model: rows.at(-1)?.model_used ?? null,
    cached: rows.length > 0 && rows.every((row) => row.cached),
  };
}

/** What was spent beyond what the workflow has settled already. */
export function unsettled(total: CallCost, settled: CallCost): CallCost {
  return {
    ...total,
    usd: (total.usd ?? 0) - (settled.usd ?? 0),
    unknownUsd: total.unknownUsd - settled.unknownUsd,
    promptTokens: total.promptTokens - settled.promptTokens,
    completionTokens: total.completionTokens - settled.completionTokens,
    attempts: total.attempts - settled.attempts,
  };
}
