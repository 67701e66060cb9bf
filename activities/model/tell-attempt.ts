import type { AttemptRecord } from '../../src/models/model-service.ts';
import { addEvents, writeChanges } from '../records/project-changes.ts';
import type { Tx } from '../support/transaction.ts';
import type { AttemptOf } from './usage.ts';

type Told = { readonly id: string; readonly record: AttemptRecord; readonly at: string };

/** Tells whoever watches of an attempt that gave no answer: which model, why that one, what went wrong, what it cost. */
export async function tellAttempt(tx: Tx, of: AttemptOf, { id, record, at }: Told): Promise<void> {
  const run = await writeChanges(tx, { run: of.run, changes: [] });
  const { attempt, choice, status, error, totalTokens, totalCostUsd, responseTimeMs } = record;
  const data = {
    step: of.stepNumber,
    operation: of.operation,
    attempt,
    choice: { ...choice },
    status,
    error: error === null ? null : { code: error.code, message: error.message },
    tokens: totalTokens,
    costUsd: totalCostUsd,
    responseTimeMs,
  };
  await addEvents(tx, run, [{ key: `attempt:${id}`, type: 'model.attempt', data, at }]);
}
