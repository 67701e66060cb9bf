import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StewardApi } from '../../../src/api/steward-api.ts';
import { startTimeoutMs } from '../../db/support/backends.ts';
import { ann, ben, paths, refusal, startTestService } from './support/test-service.ts';
import type { TestService } from './support/test-service.ts';

let test: TestService;
let api: StewardApi;

beforeAll(async () => {
  test = await startTestService();
  api = test.as(ann);
}, startTimeoutMs);
afterAll(async () => await test.stop());

const start = { type: 'sample', input: { userPrompt: 'paint the fence' } };

describe('starting a run while Temporal is away', () => {
  it('keeps the run, its outbox row and its first event, and says that it has not started', async () => {
    const { run, started, created } = await api.startRun({
      ...start,
      priority: 2,
      budget: { maxCostUsd: 3 },
      options: { maxSteps: 9 },
    });
    expect({ started, created, status: run.status, name: run.name, priority: run.priority }).toEqual({
      started: false,
      created: true,
      status: 'queued',
      name: 'Sample: paint the fence',
      priority: 2,
    });
    expect(run.budget?.limits).toEqual({
      maxCostUsd: 3,
      maxTokens: null,
      maxSteps: 9,
      onExhausted: 'ask',
      softRatio: 0.8,
    });
    const events = await api.listEvents({ runId: run.id });
    expect(events.map(({ seq, type }) => [seq, type])).toEqual([[1, 'run.created']]);
    const rows = await test.db.database.asService(
      async (tx) => await tx.selectFrom('outbox').selectAll().where('run_id', '=', run.id).execute(),
    );
    expect(rows.map(({ kind, payload, done_at }) => [kind, payload['type'], payload['priority'], done_at])).toEqual([
      ['start_run', 'sample', 2, null],
    ]);
    expect(run.id[14]).toBe('7');
  });

  it('shows the run in detail, with its board and a link to Temporal', async () => {
    const { run } = await api.startRun(start);
    const detail = await api.getRun({ runId: run.id });
    expect(detail.input).toEqual(start.input);
    expect(detail.phases.map(({ name, state }) => [name, state])).toEqual([
      ['first', 'pending'],
      ['second', 'pending'],
    ]);
    expect(detail.links.temporal).toBe(`http://127.0.0.1:8233/namespaces/default/workflows/run-${run.id}`);
  });

  it('returns the live run of a dedup key, also when both arrive at once', async () => {
    const asked = { ...start, dedupKey: 'fence' };
    const answers = await Promise.all([api.startRun(asked), api.startRun(asked), api.startRun(asked)]);
    expect(new Set(answers.map(({ run }) => run.id)).size).toBe(1);
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    const other = await test.as(ben).startRun(asked);
    expect(other.created).toBe(true);
    await api.cancelRun({ runId: answers[0].run.id });
    expect((await api.startRun(asked)).created).toBe(true);
  });

  it('names every wrong field at once, with dotted paths', async () => {
    const error = await refusal(
      api.startRun({
        type: 'sample',
        input: { userPrompt: '', taskId: 'x', colour: 'red' },
        options: { maxSteps: 0 },
        budget: { softRatio: 2 },
        priority: 11,
        startAt: 'soon',
      }),
    );
    expect(error.code).toBe('invalid_input');
    expect(paths(error)).toEqual([
      'budget.softRatio',
      'input.colour',
      'input.taskId',
      'input.userPrompt',
      'options.maxSteps',
      'priority',
      'startAt',
    ]);
  });

  it('says which types are known when one is not', async () => {
    const error = await refusal(api.startRun({ type: 'cooking', input: {} }));
    expect([error.code, error.details['known']]).toEqual(['unknown_workflow_type', ['sample']]);
  });

  it('refuses a project and a task that are not there, or are somebody else’s', async () => {
    const theirs = await test.as(ben).createRecord({ kind: 'projects', values: { name: 'Garden' } });
    const input = { userPrompt: 'x', projectId: theirs.id, taskId: '00000000-0000-7000-8000-0000000000ff' };
    expect(paths(await refusal(api.startRun({ type: 'sample', input })))).toEqual(['input.projectId', 'input.taskId']);
  });

  it('cancels and stops what has not started, and refuses every other message until it has', async () => {
    const { run } = await api.startRun(start);
    const early = await refusal(api.pauseRun({ runId: run.id }));
    expect([early.code, /not started/.test(early.message)]).toEqual(['conflict', true]);
    await api.stopRun({ runId: run.id, reason: 'changed my mind' });
    const stopped = await api.getRun({ runId: run.id });
    expect([stopped.status, stopped.outcome]).toEqual(['cancelled', 'stopped']);
    const late = await refusal(api.pauseRun({ runId: run.id }));
    expect([late.code, late.details['status']]).toEqual(['run_finished', 'cancelled']);
    const events = await api.listEvents({ runId: run.id });
    expect(events.map((event) => event.type)).toEqual(['run.created', 'run.finished']);
  });

  it('retries with the same type, input, options, budget and name', async () => {
    const { run } = await api.startRun({ ...start, name: 'Fence', options: { maxCost: 2 } });
    const again = await api.retryRun({ runId: run.id });
    const detail = await api.getRun({ runId: again.run.id });
    expect([again.run.id === run.id, detail.name, detail.input, detail.options]).toEqual([
      false,
      'Fence',
      start.input,
      { maxCost: 2 },
    ]);
    expect(detail.budget).toEqual(run.budget);
  });
});

describe('the list of runs', () => {
  it('pages through all runs, newest first, each once', async () => {
    const lister = test.as(ben);
    for (let count = 0; count < 7; count += 1) await lister.startRun({ ...start, name: `Run ${count}` });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await lister.listRuns({ limit: 3, ...(cursor === null ? {} : { cursor }) });
      seen.push(...page.items.map((run) => run.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    const all = await lister.listRuns({ limit: 200 });
    expect(seen).toEqual(all.items.map((run) => run.id));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('filters, and refuses filters that mean nothing', async () => {
    const queued = await api.listRuns({ status: 'queued', type: 'sample' });
    expect(queued.items.every((run) => run.status === 'queued')).toBe(true);
    expect((await api.listRuns({ type: 'other' })).items).toEqual([]);
    expect((await api.listRuns({ projectId: 'none' })).items).toEqual([]);
    expect(paths(await refusal(api.listRuns({ waitingOn: 'godot' })))).toEqual(['waitingOn']);
    expect(paths(await refusal(api.listRuns({ cursor: 'x' })))).toEqual(['cursor']);
  });
});

describe('who may see and do what', () => {
  it('shows another user’s run as not there, whatever is asked of it', async () => {
    const { run } = await api.startRun(start);
    const other = test.as(ben);
    const { signal } = new AbortController();
    const calls = [
      other.getRun({ runId: run.id }),
      other.listSteps({ runId: run.id }),
      other.listEvents({ runId: run.id }),
      other.listArtifacts({ runId: run.id }),
      other.listRequests({ runId: run.id }),
      other.pauseRun({ runId: run.id }),
      other.cancelRun({ runId: run.id }),
      other.retryRun({ runId: run.id }),
      other.rerunFrom({ runId: run.id, fromStep: 1 }),
      other.addContext({ runId: run.id, text: 'x' }),
      other.watchRun({ runId: run.id, signal })[Symbol.asyncIterator]().next(),
    ];
    expect(await Promise.all(calls.map(async (call) => (await refusal(call)).code))).toEqual(
      calls.map(() => 'not_found'),
    );
    expect((await refusal(api.getRun({ runId: 'no-uuid' }))).code).toBe('not_found');
  });

  it('asks for the scope that each call needs, and names it', async () => {
    const agent = test.as(ann, ['runs']);
    const { run } = await agent.startRun(start);
    const id = run.id;
    const refused: readonly [string, Promise<unknown>][] = [
      ['decide', agent.answerRequest({ requestId: id, value: {} })],
      ['decide', agent.decideRequest({ requestId: id, decision: 'approve' })],
      ['decide', agent.undoProposal({ proposalId: id })],
      ['records', agent.listRecords({ kind: 'tasks' })],
      ['records', agent.exportAll()],
      ['records', agent.getFreeBusy({ from: '', to: '' })],
      ['admin', agent.listTokens()],
      ['runs', test.as(ann, ['records']).startRun(start)],
      ['runs', test.as(ann, ['decide']).getUsage({ by: 'day' })],
      ['runs', test.as(ann, []).listRequests({})],
    ];
    for (const [scope, call] of refused) {
      const error = await refusal(call);
      expect([error.code, error.details['required']]).toEqual(['forbidden', scope]);
    }
    expect((await test.as(ann, ['decide']).listRequests({ open: true })).items).toEqual([]);
  });

  it('makes tokens that work until they are revoked', async () => {
    const { token, view } = await api.createToken({ name: 'agent', scopes: ['runs', 'runs'] });
    expect([token.startsWith('stw_'), view.scopes]).toEqual([true, ['runs']]);
    expect((await api.listTokens()).map(({ id }) => id)).toEqual([view.id]);
    expect((await refusal(test.as(ben).revokeToken({ id: view.id }))).code).toBe('not_found');
    await api.revokeToken({ id: view.id });
    expect(await api.listTokens()).toEqual([]);
    expect(paths(await refusal(api.createToken({ name: '', scopes: [], expiresAt: '2020-01-01T00:00:00Z' })))).toEqual([
      'expiresAt',
      'name',
      'scopes',
    ]);
  });

  it('describes the types with JSON Schemas and no estimate before the first run of one has ended', async () => {
    const [type] = await api.listWorkflowTypes();
    expect([type?.name, type?.estimate, type?.inputSchema['type']]).toEqual(['sample', null, 'object']);
    expect((await refusal(api.getWorkflowType({ type: 'x' }))).code).toBe('unknown_workflow_type');
  });
});
