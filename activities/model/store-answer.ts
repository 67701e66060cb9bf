import type { Json } from '../../src/contract/json.ts';
import type { RunRef } from '../../src/contract/run.ts';
import type { CallCost, ModelChoice, StepRef } from '../../src/contract/step.ts';
import { finishEffect } from '../../src/db/effects.ts';
import type { ActivityDeps } from '../deps.ts';
import { finishStep, writeChanges } from '../records/project-changes.ts';
import type { Tx } from '../support/transaction.ts';
import { keepAnswer } from './cache.ts';
import type { CacheEntry } from './cache.ts';
import { costOfEffect, unsettled } from './usage.ts';

export type FinishedCall = {
  readonly run: RunRef;
  readonly step: StepRef;
  readonly settled: CallCost;
  readonly effectKey: string;
  readonly fence: number;
  readonly output: Json;
  readonly view: Json;
  readonly reasoning: string | null;
  readonly provider: string | null;
  readonly choice: ModelChoice | null;
  readonly promptDigest: string;
  readonly factsDigest: string | null;
  readonly cache: CacheEntry | null;
  /** What else belongs into the same transaction. */
  readonly alongside?: (tx: Tx) => Promise<void>;
};

/** One transaction: the answer in the step's row, the effect done, the usage added. Refused to an outdated attempt. */
export async function storeAnswer(deps: ActivityDeps, call: FinishedCall): Promise<CallCost> {
  const { run, step, settled, effectKey, fence, output, view, reasoning, provider, choice } = call;
  return await deps.database.asService(async (tx) => {
    const locked = await writeChanges(tx, { run, changes: [] });
    await finishEffect(tx, { key: effectKey, attempt: fence, status: 'done', result: view });
    const total = await costOfEffect(tx, effectKey);
    const cost = unsettled(total, settled);
    const at = deps.now().toISOString();
    await finishStep(tx, locked, {
      step,
      status: 'completed',
      output,
      view,
      reasoning,
      cost: total,
      error: null,
      at,
      provider,
      choice,
      promptDigest: call.promptDigest,
      factsDigest: call.factsDigest,
    });
    await call.alongside?.(tx);
    if (call.cache !== null) await keepAnswer(tx, run, call.cache);
    return cost;
  });
}
