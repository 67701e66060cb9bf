import { expect } from 'vitest';
import type { TestSteward } from './steward.ts';

/**
 * What must hold of every ended run: steps and events numbered without gaps or doubles, nothing left running or open, no
 * effect half done, and the budget's figures those of its recorded model calls.
 */
export async function expectSound(steward: TestSteward, runId: string): Promise<void> {
  const rows = await steward.database.asService(async (tx) => ({
    run: await tx.selectFrom('agentic_workflows').selectAll().where('id', '=', runId).executeTakeFirstOrThrow(),
    steps: await tx
      .selectFrom('agentic_workflow_steps')
      .selectAll()
      .where('workflow_id', '=', runId)
      .orderBy('step_number')
      .execute(),
    events: await tx.selectFrom('run_events').selectAll().where('run_id', '=', runId).orderBy('seq').execute(),
    effects: await tx.selectFrom('effects').selectAll().where('run_id', '=', runId).execute(),
    requests: await tx.selectFrom('run_requests').selectAll().where('run_id', '=', runId).execute(),
    usage: await tx.selectFrom('llm_usage_logs').selectAll().where('run_id', '=', runId).execute(),
  }));
  const { run, steps, events, requests, usage } = rows;
  expect(steps.map((step) => step.step_number)).toEqual(steps.map((_step, index) => index + 1));
  // A step that failed is taken again, under a new number, in the run's next attempt.
  const kept = steps.filter((step) => step.status === 'completed').map((step) => `${step.path}#${step.iteration}`);
  expect(new Set(kept).size).toBe(kept.length);
  if (run.max_attempts === 1)
    expect(new Set(steps.map((step) => `${step.path}#${step.iteration}`)).size).toBe(steps.length);
  expect(events.map((event) => event.seq)).toEqual(events.map((_event, index) => index + 1));
  expect(events.filter((event) => event.type === 'run.finished')).toHaveLength(1);
  expect(
    steps.filter((step) => step.status === 'running' || step.status === 'pending').map((step) => step.path),
  ).toEqual([]);
  expect(requests.filter((request) => request.status === 'open')).toEqual([]);
  expect(run.waiting_on).toBeNull();
  const known = usage.reduce((sum, row) => sum + (row.total_cost_usd ?? 0), 0);
  const unknown = usage.reduce((sum, row) => sum + (row.total_cost_usd === null ? row.bound_usd : 0), 0);
  expect(run.budget?.spentUsd).toBeCloseTo(known, 8);
  expect(run.budget?.unknownUsd).toBeCloseTo(unknown, 8);
  expect(run.budget?.reservedUsd).toBeCloseTo(0, 8);
  const limit = run.budget?.limits.maxCostUsd ?? null;
  if (limit !== null) expect(known + unknown).toBeLessThanOrEqual(limit + 1e-9);
}

/** What is there of a run: its tasks' titles, and title and start of its calendar blocks. */
export async function recordsOf(
  steward: TestSteward,
  runId: string,
): Promise<{ readonly tasks: readonly string[]; readonly blocks: readonly string[] }> {
  return await steward.database.asService(async (tx) => {
    const tasks = await tx
      .selectFrom('tasks')
      .select('title')
      .where('source_run_id', '=', runId)
      .where('deleted_at', 'is', null)
      .execute();
    const blocks = await tx
      .selectFrom('calendar_events')
      .select(['title', 'start_at'])
      .where('run_id', '=', runId)
      .where('deleted_at', 'is', null)
      .execute();
    return {
      tasks: tasks.map((task) => task.title).sort(),
      blocks: blocks.map((block) => `${block.start_at} ${block.title}`).sort(),
    };
  });
}

/** All accepted operations are there, each once. */
export async function expectAppliedOnce(steward: TestSteward, runId: string): Promise<void> {
  const { tasks, blocks } = await recordsOf(steward, runId);
  const applied = await steward.database.asService(
    async (tx) =>
      await tx
        .selectFrom('proposal_operations')
        .innerJoin('proposals', 'proposals.id', 'proposal_operations.proposal_id')
        .select(['proposal_operations.kind', 'proposal_operations.title'])
        .where('proposals.run_id', '=', runId)
        .where('proposal_operations.status', '=', 'applied')
        .execute(),
  );
  expect(tasks).toHaveLength(applied.filter((operation) => operation.kind === 'create_task').length);
  expect(blocks).toHaveLength(applied.filter((operation) => operation.kind === 'schedule_event').length);
  expect(new Set(tasks).size).toBe(tasks.length);
  expect(new Set(blocks).size).toBe(blocks.length);
}
