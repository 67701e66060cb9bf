import { json } from '../../../src/db/values.ts';
import type { Tx } from '../../support/transaction.ts';
import { endBrainDump } from './brain-dump-status.ts';
import { withdrawProposals } from './proposal-rows.ts';
import { withdrawRequests } from './request-rows.ts';
import type { LockedRun } from './run-lock.ts';

/** `step_history` (B14): each step in a line, for readers that know only the run's row. */
async function writeHistory(tx: Tx, run: LockedRun): Promise<void> {
  const steps = await tx
    .selectFrom('agentic_workflow_steps')
    .select(['step_number', 'step_type', 'name', 'title', 'status', 'model_used', 'tokens_used', 'cost_usd'])
    .where('workflow_id', '=', run.ref.runId)
    .orderBy('step_number')
    .execute();
  const history = steps.map((step) => ({
    step: step.step_number,
    type: step.step_type,
    name: step.name,
    title: step.title,
    status: step.status,
    model: step.model_used,
    tokens: step.tokens_used,
    costUsd: step.cost_usd,
  }));
  await tx
    .updateTable('agentic_workflows')
    .set({ step_history: json(history), total_steps: steps.at(-1)?.step_number ?? 0 })
    .where('id', '=', run.ref.runId)
    .execute();
}

type Ending = { readonly at: string; readonly failed: boolean };

/** What else ends with a run: its open requests and proposals, and steps that nobody will finish. */
export async function closeRun(tx: Tx, run: LockedRun, end: Ending): Promise<void> {
  const { at, failed } = end;
  await endBrainDump(tx, { ...run.ref, failed });
  await withdrawRequests(tx, run, at);
  await withdrawProposals(tx, run, null);
  await tx
    .updateTable('agentic_workflow_steps')
    .set({ status: 'skipped', completed_at: at, error_message: 'The run ended before this step did.' })
    .where('workflow_id', '=', run.ref.runId)
    .where('status', 'in', ['pending', 'running'])
    .execute();
  await writeHistory(tx, run);
}
