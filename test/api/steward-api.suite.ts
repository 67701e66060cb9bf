import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventView } from '../../src/contract/views.ts';
import type { StartRun } from '../../src/api/runs-api.ts';
import type { StewardApi } from '../../src/api/steward-api.ts';
import { describeBriefs } from './briefs.suite.ts';
import { describeFiles } from './files.suite.ts';
import { describeSchedules } from './schedules.suite.ts';
import { pathsOf, refused } from './support/refused.ts';

/** What the suite runs on: two users' view of one system, and a start that its catalog takes. */
export type SuiteWorld = {
  readonly api: StewardApi;
  readonly other: StewardApi;
  readonly start: StartRun;
  stop(): Promise<void>;
};

async function takeEvents(source: AsyncIterable<EventView>, count: number): Promise<readonly EventView[]> {
  const taken: EventView[] = [];
  for await (const event of source) {
    taken.push(event);
    if (taken.length >= count) break;
  }
  return taken;
}

const unknownId = '00000000-0000-7000-8000-0000000000ff';

export type World = () => SuiteWorld;

function describeRuns(world: World): void {
  it('lists the workflow types and shows each by its name', async () => {
    const { api, start } = world();
    const types = await api.listWorkflowTypes();
    expect(types.map(({ name }) => name)).toContain(start.type);
    const type = await api.getWorkflowType({ type: start.type });
    expect(type.inputSchema['type']).toBe('object');
    expect((await refused(api.getWorkflowType({ type: 'nothing' }))).details['known']).toContain(start.type);
  });

  it('estimates a type without past runs honestly, and shows a new run phase by phase', async () => {
    const { api, start } = world();
    const none = { basis: 'none', runs: 0, message: expect.stringContaining('OPENAI_BASE_URL') };
    expect(await api.getEstimate({ type: start.type })).toEqual(none);
    expect(await api.getEstimate({ type: start.type, input: start.input })).toEqual(none);
    expect((await refused(api.getEstimate({ type: 'nothing' }))).code).toBe('unknown_workflow_type');
    const { run } = await api.startRun(start);
    const { estimate, phases } = await api.getRun({ runId: run.id });
    expect(estimate).toBeNull();
    expect(phases[0]).toMatchObject({ steps: 0, tokens: 0, costUsd: 0, unknownUsd: 0, seconds: 0 });
  });

  it('starts a run that its owner finds and nobody else does', async () => {
    const { api, other, start } = world();
    const { run, created } = await api.startRun(start);
    expect(created).toBe(true);
    const detail = await api.getRun({ runId: run.id });
    expect([detail.id, detail.input]).toEqual([run.id, start.input]);
    expect((await api.listRuns({ type: start.type })).items.map(({ id }) => id)).toContain(run.id);
    expect((await refused(other.getRun({ runId: run.id }))).code).toBe('not_found');
    expect((await refused(other.listEvents({ runId: run.id }))).code).toBe('not_found');
    expect((await other.listRuns({})).items).toEqual([]);
  });

  it('returns the live run when the same dedupKey is started again', async () => {
    const { api, start } = world();
    const first = await api.startRun({ ...start, dedupKey: 'suite' });
    const second = await api.startRun({ ...start, dedupKey: 'suite' });
    expect([first.created, second.created, second.run.id]).toEqual([true, false, first.run.id]);
  });

  it('names every wrong field of a start at once, and the known types for an unknown one', async () => {
    const { api, start } = world();
    const wrong = await refused(
      api.startRun({ ...start, input: { projectId: 7 }, name: '', priority: 99, options: { maxCost: -1 } }),
    );
    expect([wrong.code, pathsOf(wrong)]).toEqual([
      'invalid_input',
      ['input.projectId', 'name', 'options.maxCost', 'priority'],
    ]);
    const unknown = await refused(api.startRun({ ...start, type: 'nothing' }));
    expect([unknown.code, unknown.details['known']]).toEqual([
      'unknown_workflow_type',
      expect.arrayContaining([start.type]),
    ]);
  });

  it('pages through runs without gaps or repeats', async () => {
    const { api, start } = world();
    for (let count = 0; count < 3; count += 1) await api.startRun(start);
    const all = await api.listRuns({ limit: 100 });
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<StewardApi['listRuns']>> = await api.listRuns({
        limit: 2,
        ...(cursor === null ? {} : { cursor }),
      });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(paged).toEqual(all.items.map(({ id }) => id));
    expect((await refused(api.listRuns({ cursor: 'nonsense' }))).code).toBe('invalid_input');
  });

  it('has steps, requests and artifacts of a run as lists', async () => {
    const { api, start } = world();
    const { run } = await api.startRun(start);
    expect((await api.listSteps({ runId: run.id, limit: 5 })).items).toEqual(expect.any(Array));
    expect((await api.listRequests({ open: true, runId: run.id })).nextCursor).toBeNull();
    expect(await api.listArtifacts({ runId: run.id })).toEqual(expect.any(Array));
  });

  it('finds no run, request, proposal or artifact under an unknown id', async () => {
    const { api } = world();
    const calls = [
      api.getRun({ runId: unknownId }),
      api.pauseRun({ runId: unknownId }),
      api.retryRun({ runId: 'not-an-id' }),
      api.answerRequest({ requestId: unknownId, value: { a: 'b' } }),
      api.decideRequest({ requestId: unknownId, decision: 'approve' }),
      api.getProposal({ proposalId: unknownId }),
      api.undoProposal({ proposalId: unknownId }),
      api.readArtifact({ artifactId: unknownId }),
      api.getRecord({ kind: 'tasks', id: unknownId }),
      api.pauseSchedule({ id: unknownId }),
      api.triggerSchedule({ id: 'not-an-id' }),
    ];
    const codes = await Promise.all(calls.map(async (call) => (await refused(call)).code));
    expect(codes).toEqual(calls.map(() => 'not_found'));
  });
}

function describeEvents(world: World): void {
  it('streams the past events of a run from a position on, then of all runs from a cursor on', async () => {
    const { api, start } = world();
    const { run } = await api.startRun(start);
    const [created] = await api.listEvents({ runId: run.id, limit: 1 });
    const stop = new AbortController();
    const [streamed] = await takeEvents(api.watchRun({ runId: run.id, signal: stop.signal }), 1);
    expect(streamed).toEqual(created);
    await api.startRun(start);
    const [later] = await takeEvents(api.watchAll({ after: created?.cursor ?? '', signal: stop.signal }), 1);
    expect([later?.seq, later?.cursor === created?.cursor]).toEqual([expect.any(Number), false]);
    stop.abort();
  });

  it('ends a watch without an error when its signal aborts', async () => {
    const { api, start } = world();
    const { run } = await api.startRun(start);
    const stop = new AbortController();
    const events: EventView[] = [];
    for await (const event of api.watchRun({ runId: run.id, signal: stop.signal })) {
      events.push(event);
      stop.abort();
    }
    expect(events[0]?.seq).toBe(1);
  });

  it('refuses to watch a run that is another user’s', async () => {
    const { api, other, start } = world();
    const { run } = await api.startRun(start);
    const { signal } = new AbortController();
    expect((await refused(takeEvents(other.watchRun({ runId: run.id, signal }), 1))).code).toBe('not_found');
  });
}

function describeRecords(world: World): void {
  it('creates, reads, changes, lists and deletes records', async () => {
    const { api, other } = world();
    const project = await api.createRecord({ kind: 'projects', values: { name: 'House' } });
    const task = await api.createRecord({ kind: 'tasks', values: { title: 'Paint', project_id: project.id } });
    expect((await api.updateRecord({ kind: 'tasks', id: task.id, changes: { title: 'Paint it' } }))['title']).toBe(
      'Paint it',
    );
    expect((await api.listRecords({ kind: 'tasks', projectId: project.id })).items.map(({ id }) => id)).toEqual([
      task.id,
    ]);
    expect((await refused(other.getRecord({ kind: 'tasks', id: task.id }))).code).toBe('not_found');
    await api.deleteRecord({ kind: 'tasks', id: task.id });
    expect((await refused(api.getRecord({ kind: 'tasks', id: task.id }))).code).toBe('not_found');
  });

  it('names every wrong column of a record', async () => {
    const error = await refused(
      world().api.createRecord({ kind: 'tasks', values: { title: '', priority: 'urgent', colour: 'red' } }),
    );
    expect([error.code, pathsOf(error)]).toEqual(['invalid_input', ['colour', 'priority', 'title']]);
  });

  it('keeps dependencies, user context and a document of everything', async () => {
    const { api } = world();
    const first = await api.createRecord({ kind: 'tasks', values: { title: 'Buy paint' } });
    const second = await api.createRecord({ kind: 'tasks', values: { title: 'Use paint', dependencies: [first.id] } });
    expect(await api.listDependencies({ taskId: second.id })).toEqual([
      expect.objectContaining({ taskId: second.id, dependsOnId: first.id }),
    ]);
    await api.setUserContext({ changes: { timezone: 'Europe/Berlin' } });
    expect((await api.getUserContext())['timezone']).toBe('Europe/Berlin');
    const document = await api.exportAll();
    const report = await api.importAll({ document });
    expect(report.skipped).toBeGreaterThan(0);
  });
}

function calendarFile(uid: string): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//test//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
  ];
  return [
    ...lines,
    'DTSTART:20260302T090000Z',
    'DTEND:20260302T100000Z',
    'SUMMARY:Dentist',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

function describeAccount(world: World): void {
  it('imports a calendar and shows its events and free time', async () => {
    const { api } = world();
    expect((await api.importCalendar({ text: calendarFile('one@test') })).created).toBe(1);
    const window = { from: '2026-03-02T00:00:00Z', to: '2026-03-03T00:00:00Z' };
    expect((await api.listCalendarEvents(window)).map(({ title }) => title)).toEqual(['Dentist']);
    expect((await api.getFreeBusy(window)).busy).toHaveLength(1);
    expect((await api.createFeed()).path).toMatch(/^\/api\/calendar\/feed\/[\w-]+\.ics$/);
  });

  it('says whose token it is and what it may do', async () => {
    const { api } = world();
    expect(await api.getAccess()).toMatchObject({
      userId: expect.any(String),
      scopes: expect.arrayContaining(['admin']),
    });
  });

  it('makes a token that is shown once, lists it without its secret, and revokes it', async () => {
    const { api } = world();
    const { token, view } = await api.createToken({ name: 'agent', scopes: ['runs'] });
    expect(token).toMatch(/^stw_/);
    expect(JSON.stringify(await api.listTokens())).not.toContain(token);
    await api.revokeToken({ id: view.id });
    expect((await api.listTokens()).map(({ id }) => id)).not.toContain(view.id);
  });

  it('sums usage and refuses a wrong grouping', async () => {
    const { api } = world();
    expect(await api.getUsage({ by: 'model' })).toEqual([]);
    expect(await api.getUsage({ by: 'phase', type: 'research' })).toEqual([]);
    expect((await refused(api.getUsage({ by: 'day', from: 'yesterday' }))).code).toBe('invalid_input');
  });
}

/** What every implementation of `StewardApi` does: on the service itself, and on the client over HTTP. */
export function describeStewardApi(name: string, makeWorld: () => Promise<SuiteWorld>, startTimeoutMs?: number): void {
  describe(`StewardApi on ${name}`, () => {
    let made: SuiteWorld;
    beforeAll(async () => {
      made = await makeWorld();
    }, startTimeoutMs);
    afterAll(async () => await made.stop());
    const world: World = () => made;
    describeRuns(world);
    describeEvents(world);
    describeRecords(world);
    describeAccount(world);
    describeFiles(world);
    describeSchedules(world);
    describeBriefs(world);
  });
}
