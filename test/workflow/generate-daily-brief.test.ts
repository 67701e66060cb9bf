import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { RunDetail } from '../../src/contract/views.ts';
import type { Fault } from '../support/model-proxy.ts';
import { expectAppliedOnce, expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';
import { approve, startRun, untilAsked, untilEnded } from '../support/runs.ts';
import type { Start } from '../support/runs.ts';

let steward: TestSteward;
beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress'), price: { input: 1, output: 1 } });
});
afterAll(async () => await steward.stop());
beforeEach(() => steward.proxy.setFaults(() => ({ kind: 'pass' })));

const type = 'generate_daily_brief';
// A Tuesday far from today, so that nothing of it depends on when the test runs.
const date = '2031-03-04';

async function create(kind: 'projects' | 'tasks', values: Record<string, string | number | string[]>): Promise<string> {
  return (await steward.api.createRecord({ kind, values })).id;
}

/** A project with work that is late, due, and waiting for other work. */
async function makerspace(): Promise<{ readonly projectId: string; readonly paint: string }> {
  const projectId = await create('projects', { name: `Makerspace ${Date.now().toString(36)}` });
  const own = { project_id: projectId, duration_minutes: 60 };
  const paint = await create('tasks', {
    ...own,
    title: 'Buy paint',
    deadline: '2031-03-01T22:59:00Z',
    priority: 'high',
  });
  await create('tasks', { ...own, title: 'Paint the walls', deadline: '2031-03-04T22:59:00Z', dependencies: [paint] });
  await create('tasks', { ...own, title: 'Order the laser', deadline: '2031-03-07T22:59:00Z' });
  await create('tasks', { ...own, title: 'Write the annual report', deadline: '2031-12-01T22:59:00Z' });
  return { projectId, paint };
}

async function brief(start: Start = {}): Promise<RunDetail> {
  return await untilEnded(steward, await startRun(steward, { type, input: { date }, ...start }));
}

async function briefsOf(day: string) {
  return await steward.database.asService(
    async (tx) => await tx.selectFrom('daily_briefs').selectAll().where('brief_date', '=', day).execute(),
  );
}

describe('the brief of a day', () => {
  test('says what is late, due and waiting, is saved without asking, and the person is told once', async () => {
    const { projectId } = await makerspace();
    const run = await brief({ input: { date, projectIds: [projectId] } });
    expect(run).toMatchObject({
      status: 'completed',
      requests: [],
      result: { decision: 'saved', briefDate: date, timeZone: 'Europe/Berlin', overdue: 1, dueToday: 1, tasks: 3 },
    });
    const [row] = await briefsOf(date);
    expect(row).toMatchObject({ run_id: run.id, time_zone: 'Europe/Berlin' });
    expect(row?.content).toContain('# Daily brief: Tuesday');
    expect(row?.content).toMatch(/Buy paint \(high, 1 h\), since Sat 1 Mar/);
    expect(row?.content).toMatch(/Paint the walls \(1 h\); waits for "Buy paint"/);
    expect(row?.content).not.toContain('annual report');
    expect(row?.priority_actions[0]).toMatch(/^Buy paint: /);
    expect(row?.project_briefs).toMatchObject([{ projectId }]);
    const [file] = await steward.api.listArtifacts({ runId: run.id });
    expect(file?.name).toBe('brief.md');
    const told = await steward.database.asService(
      async (tx) =>
        await tx
          .selectFrom('notification_events')
          .innerJoin('notification_deliveries', 'notification_deliveries.event_id', 'notification_events.id')
          .select(['notification_events.payload', 'channel', 'notification_deliveries.correlation_id'])
          .where('event_type', '=', 'brief.completed')
          .where('notification_events.correlation_id', '=', run.id)
          .execute(),
    );
    expect(told).toEqual([
      {
        payload: { brief_id: row?.id, brief_date: date, task_count: 3 },
        channel: 'in_app',
        correlation_id: run.id,
      },
    ]);
    await expectSound(steward, run.id);
    await expectAppliedOnce(steward, run.id);
  });

  test('is replaced by a later one of the same day, which an undo takes back', async () => {
    const day = '2031-03-05';
    const first = await brief({ input: { date: day } });
    const second = await brief({ input: { date: day } });
    expect((await briefsOf(day)).map((row) => row.run_id)).toEqual([second.id]);
    await steward.api.undoProposal({ proposalId: second.proposals[0]?.id ?? '' });
    await expect
      .poll(async () => (await briefsOf(day)).map((row) => row.run_id), { timeout: 30_000 })
      .toEqual([first.id]);
  });

  test('of a day with nothing says so kindly, asks no model, and is saved', async () => {
    const calls = steward.proxy.calls.length;
    const projectId = await create('projects', { name: 'Asleep' });
    const run = await brief({ input: { date: '2031-08-17', projectIds: [projectId] } });
    expect(run).toMatchObject({ status: 'completed', result: { decision: 'saved', tasks: 0, events: 0 } });
    expect((await briefsOf('2031-08-17'))[0]?.content).toContain('A day to rest');
    expect(steward.proxy.calls.length).toBe(calls);
  });

  test('is of today where no day is named, and of the zone that the options name', async () => {
    const run = await brief({ input: {}, options: { timeZone: 'Pacific/Kiritimati' } });
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Kiritimati' }).format(
      Date.parse(run.createdAt),
    );
    expect(run).toMatchObject({ result: { briefDate: today, timeZone: 'Pacific/Kiritimati' } });
  });

  test('can be looked at first, and a rejection with its reason changes it', async () => {
    const { projectId } = await makerspace();
    const input = { date: '2031-03-06', projectIds: [projectId] };
    const runId = await startRun(steward, { type, input, options: { requireConfirmation: true } });
    const request = await untilAsked(steward, runId, 'approval');
    expect(await briefsOf('2031-03-06')).toEqual([]);
    await steward.api.decideRequest({ requestId: request.id, decision: 'reject', comment: 'Leave out the paint' });
    await approve(steward, runId);
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed', result: { revisions: 2 } });
    const [row] = await briefsOf('2031-03-06');
    expect(row?.priority_actions.some((action) => action.startsWith('Buy paint'))).toBe(false);
    await expectSound(steward, runId);
  });
});

describe('wrong input', () => {
  test('is refused with each field named', async () => {
    const wrong = { type, input: { date: '4 March' }, options: { timeZone: 'Europe/Atlantis' } };
    const refused: unknown = await steward.api.startRun(wrong).catch((error: unknown) => error);
    expect(JSON.stringify(refused)).toMatch(/input\.date.*YYYY-MM-DD/);
    expect(JSON.stringify(refused)).toMatch(/options\.timeZone.*Europe\/Berlin/);
  });

  test('that names a project of nobody is refused by its place', async () => {
    const refused = brief({ input: { date, projectIds: ['0198b2f0-7f43-7b1c-9d3e-5c1a2b3c4d5e'] } });
    await expect(refused).rejects.toMatchObject({
      code: 'invalid_input',
      details: { problems: [{ path: 'input.projectIds.0' }] },
    });
  });

  test('that names a project which is over fails with its place and the way out', async () => {
    const { id } = await steward.api.createRecord({
      kind: 'projects',
      values: { name: 'Over', status: 'completed' },
    });
    const run = await brief({ input: { date, projectIds: [id] } });
    expect(run).toMatchObject({ status: 'failed', error: { code: 'invalid_input' } });
    expect(JSON.stringify(run.error)).toMatch(/no open project of yours; leave it out/);
  });
});

describe('a model', () => {
  test('that talks nonsense or invents tasks is shown its fault and asked again', async () => {
    const { projectId } = await makerspace();
    const invented = JSON.stringify({
      insights: [],
      priorityActions: [{ taskId: '0198b2f0-7f43-7b1c-9d3e-5c1a2b3c4d5e', action: 'Pay me', reason: 'now' }],
    });
    const answers = ['It will rain.', invented];
    steward.proxy.setFaults((call): Fault => {
      const content = call.operation.endsWith('analyze') ? answers.shift() : undefined;
      return content === undefined ? { kind: 'pass' } : { kind: 'content', content };
    });
    const run = await brief({ input: { date, projectIds: [projectId] } });
    expect(run.steps.find((step) => step.name === 'analyze')).toMatchObject({ status: 'completed', retries: 2 });
    expect((await briefsOf(date))[0]?.content).not.toContain('Pay me');
    await expectSound(steward, run.id);
  });

  test('costs no more than the budget allows', async () => {
    const { projectId } = await makerspace();
    const run = await brief({
      input: { date, projectIds: [projectId] },
      budget: { maxCostUsd: 0.000_5, onExhausted: 'abort' },
    });
    expect(run).toMatchObject({ status: 'failed', error: { code: 'budget_exceeded' } });
    await expectSound(steward, run.id);
  });
});
