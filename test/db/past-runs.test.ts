import type { Transaction } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { estimateRun, readPhaseCosts } from '../../src/db/runs/past-runs.ts';
import type { Tables } from '../../src/db/tables.ts';
import { readUsage } from '../../src/db/usage.ts';
import { json } from '../../src/db/values.ts';
import { backends, startTimeoutMs } from './support/backends.ts';
import type { TestDatabase } from './support/backends.ts';
import { newProject, newUser } from './support/rows.ts';

const type = 'project_planning';
const at = (second: number): string => new Date(Date.UTC(2026, 2, 1, 9, 0, second)).toISOString();

type Call = { readonly costUsd: number | null; readonly status?: 'success' | 'invalid' | 'timeout' };
type Step = {
  readonly number: number;
  readonly phase: string;
  readonly from: number;
  readonly to: number;
  readonly calls: readonly Call[];
};

describe.each(backends)('past runs on $name', ({ start }) => {
  let test: TestDatabase;
  let userId: string;
  beforeAll(async () => {
    test = await start();
  }, startTimeoutMs);
  beforeEach(async () => {
    userId = await newUser(test.database);
  });
  afterAll(() => test.stop());

  async function addStep(tx: Transaction<Tables>, runId: string, step: Step): Promise<void> {
    const { number, phase, from, to, calls } = step;
    await tx
      .insertInto('agentic_workflow_steps')
      .values({
        workflow_id: runId,
        user_id: userId,
        step_number: number,
        step_type: 'model',
        phase,
        input: json(null),
        started_at: at(from),
        completed_at: at(to),
      })
      .execute();
    for (const { costUsd, status = 'success' } of calls)
      await tx
        .insertInto('llm_usage_logs')
        .values({
          user_id: userId,
          run_id: runId,
          step_number: number,
          operation_type: 'plan',
          model_requested: 'm',
          model_used: 'm',
          status,
          total_tokens: 15,
          prompt_tokens: 10,
          completion_tokens: 5,
          total_cost_usd: costUsd,
          bound_usd: 0.5,
        })
        .execute();
  }

  /** A run of 100 s that waited 60 of them for a person, in two requests that overlap. */
  async function addRun(costUsd: number, more: { readonly projectId?: string } = {}): Promise<string> {
    return await test.database.asService(async (tx) => {
      const { id } = await tx
        .insertInto('agentic_workflows')
        .values({
          user_id: userId,
          workflow_type: type,
          input: json({}),
          status: 'completed',
          outcome: 'completed',
          started_at: at(0),
          completed_at: at(100),
          total_cost_usd: costUsd,
          total_tokens: 60,
          total_steps: 3,
          project_id: more.projectId ?? null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const good = { costUsd: costUsd / 2 };
      await addStep(tx, id, { number: 1, phase: 'analyze', from: 0, to: 30, calls: [good] });
      await addStep(tx, id, {
        number: 2,
        phase: 'plan',
        from: 20,
        to: 90,
        calls: [{ costUsd: 0.1, status: 'invalid' }, good],
      });
      await addStep(tx, id, {
        number: 3,
        phase: 'plan',
        from: 80,
        to: 100,
        calls: [{ costUsd: null, status: 'timeout' }],
      });
      for (const [from, to] of [
        [25, 65],
        [45, 85],
      ] as const)
        await tx
          .insertInto('run_requests')
          .values({
            run_id: id,
            user_id: userId,
            kind: 'clarification',
            title: 'Where?',
            created_at: at(from),
            closed_at: at(to),
          })
          .execute();
      return id;
    });
  }

  it('tell what each phase took: all attempts paid, time without waiting for people and without counting any twice', async () => {
    const id = await addRun(1);
    expect(await test.database.asUser(userId, (tx) => readPhaseCosts(tx, [id]))).toEqual([
      { runId: id, name: 'analyze', steps: 1, tokens: 15, costUsd: 0.5, unknownUsd: 0, seconds: 25 },
      { runId: id, name: 'plan', steps: 2, tokens: 45, costUsd: 0.6, unknownUsd: 0.5, seconds: 20 },
    ]);
  });

  it("give an estimate of the user's next run, and of nobody else's", async () => {
    for (const usd of [1, 2, 3]) await addRun(usd);
    const read = (user: string, of = type) =>
      test.database.asUser(user, (tx) => estimateRun(tx, { userId: user, type: of }));
    expect(await read(userId)).toMatchObject({
      basis: 'past_runs',
      runs: 3,
      costUsd: { median: 2, p90: 2.8 },
      tokens: { median: 60, p90: 60 },
      seconds: { median: 40, p90: 40 },
      steps: { median: 3, p90: 3 },
      phases: [
        { name: 'analyze', costUsd: { median: 1, p90: 1.4 }, seconds: { median: 25, p90: 25 } },
        { name: 'plan', costUsd: { median: 1.1, p90: 1.5 }, steps: { median: 2, p90: 2 } },
      ],
    });
    expect(await read(userId, 'research')).toEqual({ basis: 'none', runs: 0 });
    expect(await read(await newUser(test.database))).toEqual({ basis: 'none', runs: 0 });
  });

  it('are seen in the usage by project and phase, and narrowed to one of them', async () => {
    const projectId = await test.database.asService((tx) => newProject(tx, userId));
    await addRun(1);
    await addRun(3, { projectId });
    const read = (by: 'phase' | 'project', more: { readonly projectId?: string; readonly type?: string } = {}) =>
      test.database.asUser(userId, async (tx) => {
        const narrowed = { projectId: more.projectId ?? null, type: more.type ?? null };
        const rows = await readUsage(tx, { by, from: null, to: null, runId: null, ...narrowed });
        return rows.map((row) => [row.group, row.calls, row.costUsd, row.unknownCostCalls]);
      });
    expect(await read('project')).toEqual([
      ['', 4, 1.1, 1],
      [projectId, 4, 3.1, 1],
    ]);
    expect(await read('phase', { projectId })).toEqual([
      [`${type}/analyze`, 1, 1.5, 0],
      [`${type}/plan`, 3, 1.6, 1],
    ]);
    expect(await read('phase', { type: 'research' })).toEqual([]);
  });
});
