import { sql } from 'kysely';
import type { RawBuilder, Transaction } from 'kysely';
import type { UsageGroup, UsageRow } from '../api/usage-api.ts';
import type { Tables } from './tables.ts';

const groupKeys: Readonly<Record<UsageGroup, RawBuilder<string>>> = {
  day: sql`to_char(log.created_at at time zone 'UTC', 'YYYY-MM-DD')`,
  model: sql`log.model_used`,
  operation: sql`log.operation_type`,
  type: sql`coalesce(run.workflow_type, '')`,
  run: sql`coalesce(log.run_id::text, '')`,
  project: sql`coalesce(run.project_id::text, '')`,
  // Types share names of phases.
  phase: sql`coalesce(run.workflow_type || '/' || step.phase, '')`,
};

export type ReadUsage = {
  readonly by: UsageGroup;
  /** ISO 8601, inclusive. */
  readonly from: string | null;
  /** ISO 8601, exclusive. */
  readonly to: string | null;
  readonly runId: string | null;
  readonly type: string | null;
  readonly projectId: string | null;
};

/**
 * Model usage that the role may see, summed by group and sorted by it (days are UTC). Calls whose cost nobody knows are
 * counted apart and add nothing to `costUsd`.
 */
export async function readUsage(tx: Transaction<Tables>, params: ReadUsage): Promise<UsageRow[]> {
  const { rows } = await sql<UsageRow>`
    select ${groupKeys[params.by]} as "group",
      count(*)::int as calls,
      (count(*) filter (where log.cached))::int as "cachedCalls",
      (count(*) filter (where log.status <> 'success'))::int as "failedCalls",
      sum(log.prompt_tokens) as "promptTokens",
      sum(log.completion_tokens) as "completionTokens",
      coalesce(sum(log.total_cost_usd), 0) as "costUsd",
      (count(*) filter (where log.total_cost_usd is null))::int as "unknownCostCalls"
    from llm_usage_logs log left join agentic_workflows run on run.id = log.run_id
      left join agentic_workflow_steps step on step.workflow_id = log.run_id and step.step_number = log.step_number
    where (${params.from}::timestamptz is null or log.created_at >= ${params.from}::timestamptz)
      and (${params.to}::timestamptz is null or log.created_at < ${params.to}::timestamptz)
      and (${params.runId}::uuid is null or log.run_id = ${params.runId}::uuid)
      and (${params.type}::text is null or run.workflow_type = ${params.type}::text)
      and (${params.projectId}::uuid is null or run.project_id = ${params.projectId}::uuid)
    group by 1 order by 1`.execute(tx);
  return rows;
}
