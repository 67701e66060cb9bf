import { sql } from 'kysely';
import type { RawBuilder, Transaction } from 'kysely';
import { estimateFrom } from '../../contract/estimate.ts';
import type { LearnedEstimate, PastEstimate, PastRun, PhaseCost } from '../../contract/estimate.ts';
import type { Tables } from '../tables.ts';

type Tx = Transaction<Tables>;

// Older runs were made with other models, prompts and prices. With 30 a start reads some 500 rows: two milliseconds.
const mostRuns = 30;

/** Seconds of a multirange without the times in which a person was waited for. */
function workingSeconds(span: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`coalesce((
    select sum(extract(epoch from upper(part) - lower(part)))
    from unnest(${span} - coalesce(waits.span, '{}'::tstzmultirange)) as part
  ), 0)::float8`;
}

/** Of each run in `ids`, the times in which it waited for a person; requests that overlap count once. */
function waitsOf(ids: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select run_id, range_agg(tstzrange(created_at, greatest(created_at, coalesce(closed_at, now())))) as span
    from run_requests where run_id in (${ids}) group by run_id`;
}

/** What each phase of the runs took so far, in the order in which they were entered. Costs are those of all attempts, failed ones too. */
export async function readPhaseCosts(
  tx: Tx,
  runIds: readonly string[],
): Promise<readonly (PhaseCost & { readonly runId: string })[]> {
  if (runIds.length === 0) return [];
  const ids = sql`select value::uuid from jsonb_array_elements_text(${JSON.stringify(runIds)}::jsonb) as given (value)`;
  const { rows } = await sql<PhaseCost & { readonly runId: string }>`
    with waits as (${waitsOf(ids)}), work as (
      select workflow_id as run_id, coalesce(phase, '') as phase, count(*)::int as steps, min(step_number) as first,
        range_agg(tstzrange(started_at, greatest(started_at, coalesce(completed_at, now()))))
          filter (where started_at is not null) as span
      from agentic_workflow_steps where workflow_id in (${ids}) group by 1, 2
    ), paid as (
      select log.run_id, coalesce(step.phase, '') as phase, sum(log.total_tokens) as tokens,
        sum(log.total_cost_usd) as cost, sum(log.bound_usd) filter (where log.total_cost_usd is null) as unknown
      from llm_usage_logs log
        join agentic_workflow_steps step on step.workflow_id = log.run_id and step.step_number = log.step_number
      where log.run_id in (${ids}) group by 1, 2
    )
    select work.run_id as "runId", work.phase as name, work.steps, coalesce(paid.tokens, 0)::int as tokens,
      coalesce(paid.cost, 0)::float8 as "costUsd", coalesce(paid.unknown, 0)::float8 as "unknownUsd",
      ${workingSeconds(sql`coalesce(work.span, '{}'::tstzmultirange)`)} as seconds
    from work left join paid using (run_id, phase) left join waits using (run_id)
    order by work.run_id, work.first`.execute(tx);
  return rows;
}

export type PastRunsOf = {
  readonly userId: string;
  /** Null reads all types. */
  readonly type: string | null;
};
type RunRow = Omit<PastRun, 'phases'> & { readonly id: string; readonly type: string };

async function readRuns(tx: Tx, { userId, type }: PastRunsOf): Promise<readonly RunRow[]> {
  const { rows } = await sql<RunRow>`
    with aged as (
      select *, row_number() over (partition by workflow_type order by completed_at desc, id) as age
      from agentic_workflows
      where user_id = ${userId}::uuid and (${type}::text is null or workflow_type = ${type}::text)
        and status = 'completed' and outcome in ('completed', 'rejected')
        and started_at is not null and completed_at is not null
    ), ended as (select * from aged where age <= ${mostRuns}), waits as (${waitsOf(sql`select id from ended`)})
    select ended.id, ended.workflow_type as type, coalesce(ended.total_steps, ended.current_step) as steps,
      ended.total_tokens as tokens, ended.total_cost_usd::float8 as "costUsd",
      coalesce((ended.budget ->> 'unknownUsd')::float8, 0) as "unknownUsd",
      ${workingSeconds(sql`tstzmultirange(tstzrange(ended.started_at, greatest(ended.started_at, ended.completed_at)))`)} as seconds
    from ended left join waits on waits.run_id = ended.id`.execute(tx);
  return rows;
}

/** The latest finished runs of a user, by type, without their phases. */
export async function readPastRuns(tx: Tx, of: PastRunsOf): Promise<ReadonlyMap<string, readonly PastRun[]>> {
  const rows = await readRuns(tx, of);
  const types = [...new Set(rows.map((row) => row.type))];
  return new Map(
    types.map((type) => [type, rows.filter((row) => row.type === type).map((row) => ({ ...row, phases: [] }))]),
  );
}

export type EstimateOf = { readonly userId: string; readonly type: string };

/** What a run of the type will probably take, for this user. */
export async function estimateRun(tx: Tx, { userId, type }: EstimateOf): Promise<LearnedEstimate> {
  const runs = await readRuns(tx, { userId, type });
  const costs = await readPhaseCosts(
    tx,
    runs.map((run) => run.id),
  );
  const past = runs.map((run) => ({ ...run, phases: costs.filter((phase) => phase.runId === run.id) }));
  // In the order in which they were entered; what was done before the first one has no name.
  const phases = new Set(costs.map((phase) => phase.name).filter((name) => name !== ''));
  return estimateFrom(past, [...phases]);
}

/** The same as it is kept with a run: null when there is nothing to learn from. */
export async function pastEstimate(tx: Tx, of: EstimateOf): Promise<PastEstimate | null> {
  const estimate = await estimateRun(tx, of);
  return estimate.basis === 'none' ? null : estimate;
}
