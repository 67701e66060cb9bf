import { sql } from 'kysely';
import { openLedger } from '../../../src/contract/budget.ts';
import type { BudgetLimits } from '../../../src/contract/budget.ts';
import type { BudgetSnapshot } from '../../../src/contract/events.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { pastEstimate } from '../../../src/db/runs/past-runs.ts';
import { json, jsonOrNull } from '../../../src/db/values.ts';
import type { Tx } from '../../support/transaction.ts';
import type { AdmitParams } from '../api.ts';
import { addEvents, writeChanges } from '../project-changes.ts';
import type { Start } from './find-run.ts';

export type Registration = {
  readonly params: AdmitParams;
  readonly start: Start;
  readonly name: string;
  readonly input: JsonObject;
  readonly options: JsonObject;
  readonly limits: BudgetLimits;
  readonly projectId: string | null;
  readonly contractVersion: number;
  readonly at: string;
};

/** A budget before anything was spent. */
export function freshBudget(limits: BudgetLimits): BudgetSnapshot {
  const { spentUsd, spentTokens, unknownUsd, steps } = openLedger(limits);
  return { limits, spentUsd, spentTokens, unknownUsd, steps, reservedUsd: 0 };
}

async function insertRun(tx: Tx, registration: Registration): Promise<void> {
  const { params, start, name, input, options, limits, projectId, contractVersion, at } = registration;
  const estimate = await pastEstimate(tx, start.run);
  await tx
    .insertInto('agentic_workflows')
    .values({
      id: start.run.runId,
      user_id: start.run.userId,
      workflow_type: params.type,
      status: 'running',
      input: json(input),
      options: json(options),
      budget: json(freshBudget(limits)),
      name,
      workflow_id: params.workflowId,
      temporal_run_id: params.temporalRunId,
      contract_version: contractVersion,
      project_id: projectId,
      max_attempts: start.maxAttempts,
      estimate: jsonOrNull(estimate),
      started_by: 'temporal',
      created_at: at,
      started_at: at,
    })
    .execute();
}

async function updateRun(tx: Tx, registration: Registration): Promise<void> {
  const { params, start, name, input, options, projectId, contractVersion, at } = registration;
  await tx
    .updateTable('agentic_workflows')
    .set({
      input: json(input),
      options: json(options),
      name,
      workflow_id: params.workflowId,
      temporal_run_id: params.temporalRunId,
      contract_version: contractVersion,
      ...(projectId === null ? {} : { project_id: projectId }),
      started_at: sql<string>`coalesce(started_at, ${at}::timestamptz)`,
    })
    .where('id', '=', start.run.runId)
    .execute();
}

/** Writes the run's row, new or registered before, with its events; doing it again changes nothing more. */
export async function registerRun(tx: Tx, registration: Registration): Promise<void> {
  const { params, start, name, at } = registration;
  await (start.registered ? updateRun(tx, registration) : insertRun(tx, registration));
  const run = await writeChanges(tx, { run: start.run, changes: [] });
  const { type, workflowId } = params;
  const created = { key: 'run:created', type: 'run.created', data: { type, name, by: 'temporal' }, at } as const;
  const admitted = { key: 'run:admitted', type: 'run.admitted', data: { type, workflowId }, at } as const;
  await addEvents(tx, run, start.registered ? [admitted] : [created, admitted]);
}
