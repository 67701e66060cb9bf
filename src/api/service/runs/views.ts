import type { Selectable } from 'kysely';
import type { BudgetSnapshot } from '../../../contract/events.ts';
import type { ArtifactView, RequestView, RunDetail, RunRecord, RunView, StepView } from '../../../contract/views.ts';
import { isFinished } from '../../../contract/run.ts';
import type { Tables } from '../../../db/tables.ts';
import type { WorkflowContract } from '../../../schemas/workflow-contract.ts';

export type RunRow = Selectable<Tables['agentic_workflows']>;
type StepRow = Selectable<Tables['agentic_workflow_steps']>;
type RequestRow = Selectable<Tables['run_requests']> & { readonly run_name: string };
type ArtifactRow = Selectable<Tables['artifacts']>;

/** A run's row as its view. */
export function runView(row: RunRow): RunView {
  const budget: BudgetSnapshot | null = row.budget;
  return {
    id: row.id,
    type: row.workflow_type,
    name: row.name,
    status: row.status,
    outcome: row.outcome,
    phase: row.phase,
    waitingOn: row.waiting_on,
    projectId: row.project_id,
    priority: row.priority,
    budget,
    totalTokens: row.total_tokens,
    totalCostUsd: row.total_cost_usd,
    currentStep: row.current_step,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    error:
      row.error_code === null
        ? null
        : { code: row.error_code, message: row.error_message ?? '', details: row.error_details },
    dedupKey: row.dedup_key,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    startAt: row.scheduled_for,
    startedAt: row.started_at,
    completedAt: row.completed_at,
  };
}

/** The same with what it was given and what came of it. */
export function runRecord(row: RunRow): RunRecord {
  return { ...runView(row), input: row.input, options: row.options, result: row.output };
}

type PhaseState = Pick<RunDetail['phases'][number], 'name' | 'title' | 'state'>;

/** The columns of a run's board: phases before the current one are done, and all of them once the run is completed. */
export function phaseStates(row: RunRow, contract: WorkflowContract | undefined): readonly PhaseState[] {
  const phases = contract?.phases ?? [];
  const current = phases.findIndex((phase) => phase.name === row.phase);
  return phases.map(({ name, title }, index) => {
    if (row.status === 'completed' && row.outcome === 'completed') return { name, title, state: 'done' };
    if (index === current)
      return { name, title, state: isFinished(row.status) && row.outcome === 'rejected' ? 'done' : 'current' };
    return { name, title, state: index < current ? 'done' : 'pending' };
  });
}

export function stepView(row: StepRow): StepView {
  return {
    number: row.step_number,
    type: row.step_type,
    name: row.name,
    title: row.title,
    phase: row.phase ?? '',
    slot: row.slot,
    iteration: row.iteration,
    status: row.status,
    reasoning: row.reasoning,
    model: row.model_used,
    provider: row.provider,
    tokens: row.tokens_used ?? 0,
    costUsd: row.unknown_cost ? null : (row.cost_usd ?? 0),
    cached: row.cached,
    choice: row.choice,
    retries: row.retry_count,
    promptDigest: row.prompt_digest,
    factsDigest: row.facts_digest,
    error: row.error_message,
    input: row.input,
    output: row.output,
    startedAt: row.started_at,
    completedAt: row.completed_at,
  };
}

export function requestView(row: RequestRow): RequestView {
  return {
    id: row.id,
    runId: row.run_id,
    runName: row.run_name,
    kind: row.kind,
    status: row.status,
    title: row.title,
    body: row.body,
    questions: row.questions,
    schema: row.schema,
    proposalId: row.proposal_id,
    digest: row.digest,
    deadline: row.deadline,
    onDeadline: row.on_deadline,
    answer: row.answer,
    decision: row.decision,
    comment: row.comment,
    createdAt: row.created_at,
    closedAt: row.closed_at,
  };
}

export function artifactView(row: ArtifactRow): ArtifactView {
  return {
    id: row.id,
    runId: row.run_id,
    name: row.name,
    mimeType: row.mime_type,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    createdAt: row.created_at,
  };
}
