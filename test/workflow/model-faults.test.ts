import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { RunDetail } from '../../src/contract/views.ts';
import { expectAppliedOnce, expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';
import type { Fault, SeenCall } from '../support/model-proxy.ts';
import { startRun, untilEnded } from '../support/runs.ts';

let steward: TestSteward;
beforeAll(async () => {
  steward = await startSteward({
    temporalAddress: inject('temporalAddress'),
    price: { input: 1, output: 1 },
    modelTimeoutMs: 1_500,
  });
});
afterAll(async () => await steward.stop());
beforeEach(() => steward.proxy.setFaults(() => ({ kind: 'pass' })));

/** Faults for the first calls of an operation, in order; all other calls pass. */
function failing(operation: string, faults: readonly Fault[]): { readonly seen: readonly SeenCall[] } {
  const seen: SeenCall[] = [];
  steward.proxy.setFaults((call) => {
    if (!call.operation.endsWith(operation)) return { kind: 'pass' };
    seen.push(call);
    return faults[seen.length - 1] ?? { kind: 'pass' };
  });
  return { seen };
}

async function runOnce(): Promise<RunDetail> {
  const runId = await startRun(steward, { options: { autoExecute: true } });
  return await untilEnded(steward, runId);
}

async function usageOf(runId: string, operation: string) {
  return await steward.database.asService(
    async (tx) =>
      await tx
        .selectFrom('llm_usage_logs')
        .selectAll()
        .where('run_id', '=', runId)
        .where('operation_type', 'like', `%${operation}`)
        .orderBy('created_at')
        .execute(),
  );
}

async function expectSurvived(run: RunDetail): Promise<void> {
  expect(run).toMatchObject({ status: 'completed', error: null });
  await expectAppliedOnce(steward, run.id);
  await expectSound(steward, run.id);
}

const nonsense: Fault = { kind: 'content', content: 'I would rather talk about the weather.' };

describe('a model that answers nonsense', () => {
  test('once is shown its fault and asked again; both attempts are in the books', async () => {
    const { seen } = failing('plan', [nonsense]);
    const run = await runOnce();
    expect(seen[1]?.body).toContain('talk about the weather');
    const usage = await usageOf(run.id, 'plan');
    expect(usage.map((row) => row.status)).toEqual(['invalid', 'success']);
    expect(usage.every((row) => (row.total_cost_usd ?? 0) > 0)).toBe(true);
    const model = usage[1]?.model_used;
    expect(run.steps.find((step) => step.name === 'plan')).toMatchObject({
      status: 'completed',
      retries: 1,
      choice: { model, reason: 'asked again, shown what was wrong with its answer' },
    });
    const told = (await steward.api.listEvents({ runId: run.id, limit: 500 })).filter(
      (event) => event.type === 'model.attempt',
    );
    expect(told.map((event) => event.data)).toMatchObject([
      { operation: 'project_planning.plan', attempt: 1, status: 'invalid', choice: { model: usage[0]?.model_used } },
    ]);
    await expectSurvived(run);
  });

  test('always fails the run with a step that says why, and all attempts paid', async () => {
    failing(
      'plan',
      Array.from({ length: 50 }, () => nonsense),
    );
    const run = await runOnce();
    expect(run).toMatchObject({ status: 'failed', error: { code: 'model_failed' } });
    const step = run.steps.find((each) => each.name === 'plan');
    expect(step).toMatchObject({ status: 'failed' });
    expect(step?.error).toContain('No model gave a valid answer');
    const usage = await usageOf(run.id, 'plan');
    expect(usage.length).toBeGreaterThan(2);
    expect(new Set(usage.map((row) => row.model_used)).size).toBeGreaterThan(1);
    expect(run.totalCostUsd).toBeGreaterThan(0);
    await expectSound(steward, run.id);
  });

  test('in one of several calls side by side fails the run once, with the others finished', async () => {
    let bad: string | null = null;
    steward.proxy.setFaults((call) => {
      if (!call.operation.includes('tasks')) return { kind: 'pass' };
      const phase = /"phase":\s*"(p\d)"/.exec(call.body.replaceAll('\\', ''))?.[1] ?? '';
      bad ??= phase;
      return phase === bad ? nonsense : { kind: 'pass' };
    });
    const run = await runOnce();
    expect(run).toMatchObject({ status: 'failed', error: { code: 'model_failed' } });
    const statuses = run.steps.filter((step) => step.name === 'tasks').map((step) => step.status);
    expect(statuses.sort()).toEqual(['completed', 'completed', 'failed']);
    await expectSound(steward, run.id);
  });

  test('that invents ids is told which do not exist', async () => {
    const invented = JSON.stringify({
      dependencies: [{ task: 'p9.t9', dependsOn: 'p1.t1', kind: 'hard', reason: 'made up' }],
      priorities: [],
    });
    const { seen } = failing('dependencies', [{ kind: 'content', content: invented }]);
    const run = await runOnce();
    expect(seen[1]?.body).toContain('p9.t9');
    expect((await usageOf(run.id, 'dependencies')).map((row) => row.status)).toEqual(['invalid', 'success']);
    await expectSurvived(run);
  });
});

describe('an endpoint that fails', () => {
  test('with 429 is asked again no sooner than it says', async () => {
    const busy: Fault = { kind: 'status', status: 429, headers: { 'retry-after': '1' } };
    const { seen } = failing('analyze', [busy, busy, busy]);
    const run = await runOnce();
    expect(seen.length).toBeGreaterThan(3);
    const rows = await usageOf(run.id, 'analyze');
    expect(rows.filter((row) => row.status === 'success')).toHaveLength(1);
    expect(rows.filter((row) => row.status !== 'success').every((row) => row.total_cost_usd === 0)).toBe(true);
    await expectSurvived(run);
  });

  test('with 500 and then is well again loses nothing', async () => {
    failing('analyze', [
      { kind: 'status', status: 500 },
      { kind: 'status', status: 503 },
    ]);
    const run = await runOnce();
    expect(run.budget?.unknownUsd).toBe(0);
    await expectSurvived(run);
  });

  test.each([
    ['is cut off', { kind: 'cut' }],
    ['never comes', { kind: 'hang' }],
  ] as const)(
    'by an answer that %s is asked again, and what that may have cost is held as unknown',
    async (_name, fault) => {
      failing('analyze', [fault]);
      const run = await runOnce();
      const usage = await usageOf(run.id, 'analyze');
      expect(usage.filter((row) => row.total_cost_usd === null)).toHaveLength(1);
      const held = usage.find((row) => row.total_cost_usd === null)?.bound_usd ?? 0;
      expect(held).toBeGreaterThan(0);
      expect(run.budget?.unknownUsd).toBeCloseTo(held, 9);
      await expectSurvived(run);
    },
  );

  test('by answers without usage leaves their cost unknown, never nothing', async () => {
    failing('analyze', [{ kind: 'without_usage' }]);
    const run = await runOnce();
    const [row] = await usageOf(run.id, 'analyze');
    expect(row).toMatchObject({ status: 'success', total_cost_usd: null });
    expect(run.steps.find((step) => step.name === 'analyze')?.costUsd).toBeNull();
    expect(run.budget?.unknownUsd).toBeGreaterThan(0);
    await expectSurvived(run);
  });

  test('by refusing the key fails the run at once, and says what to check', async () => {
    failing(
      'analyze',
      Array.from({ length: 9 }, () => ({ kind: 'status', status: 401 }) as const),
    );
    const run = await runOnce();
    expect(run).toMatchObject({ status: 'failed', error: { code: 'model_failed' } });
    expect(run.error?.message).toContain('OPENAI_API_KEY');
    expect(run.steps.at(-1)?.error).toContain('OPENAI_API_KEY');
    await expectSound(steward, run.id);
  });
});
