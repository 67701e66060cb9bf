import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/contract/json.ts';
import { parentsFirst } from '../../../src/api/service/records/import.ts';
import type { StewardApi } from '../../../src/api/steward-api.ts';
import { recordKinds } from '../../../src/api/records-api.ts';
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

const phaseDates = { order: 1, start_date: '2026-03-01', end_date: '2026-03-31' };

async function newTask(title: string, more: JsonObject = {}) {
  return await api.createRecord({ kind: 'tasks', values: { title, ...more } });
}

describe('records', () => {
  it('creates, reads, changes, lists and deletes each kind', async () => {
    const project = await api.createRecord({
      kind: 'projects',
      values: { name: 'Garden', tags: ['home'], start_date: '2026-03-01' },
    });
    expect([project['name'], project['start_date'], project['status'], 'user_id' in project]).toEqual([
      'Garden',
      '2026-03-01T00:00:00.000Z',
      'active',
      false,
    ]);
    const made = {
      projects: project,
      tasks: await newTask('Dig', { project_id: project.id, duration_minutes: 30 }),
      phases: await api.createRecord({
        kind: 'phases',
        values: { project_id: project.id, name: 'Spring', ...phaseDates },
      }),
      notes: await api.createRecord({ kind: 'notes', values: { content: 'Soil is heavy', project_id: project.id } }),
      'brain-dumps': await api.createRecord({
        kind: 'brain-dumps',
        values: { content: 'everything', metaData: { from: ['phone'] } },
      }),
    };
    expect(made['brain-dumps']['metaData']).toEqual({ from: ['phone'] });
    const changes = {
      projects: { status: 'on_hold' },
      tasks: { priority: 'high' },
      phases: { order: 2 },
      notes: { title: 'Soil' },
      'brain-dumps': { parsed_results: [1] },
    };
    for (const kind of [...recordKinds].reverse()) {
      const { id } = made[kind];
      expect(await api.getRecord({ kind, id })).toEqual(made[kind]);
      expect(await api.updateRecord({ kind, id, changes: changes[kind] })).toMatchObject(changes[kind]);
      expect((await api.listRecords({ kind })).items.map((row) => row.id)).toContain(id);
      expect((await refusal(test.as(ben).getRecord({ kind, id }))).code).toBe('not_found');
      expect((await refusal(test.as(ben).updateRecord({ kind, id, changes: changes[kind] }))).code).toBe('not_found');
      await api.deleteRecord({ kind, id });
      expect((await refusal(api.getRecord({ kind, id }))).code).toBe('not_found');
      expect((await refusal(api.deleteRecord({ kind, id }))).code).toBe('not_found');
    }
  });

  it('refuses unknown columns, columns of its own and wrong values, all at once', async () => {
    const error = await refusal(newTask('', { colour: 'red', id: ann, status: 'done', deadline: 'tomorrow' }));
    expect([error.code, paths(error)]).toEqual(['invalid_input', ['colour', 'deadline', 'id', 'status', 'title']]);
    expect(
      paths(
        await refusal(
          api.createRecord({
            kind: 'phases',
            values: { name: 'x', order: 0, project_id: ann, start_date: '2026-03-02', end_date: '2026-03-01' },
          }),
        ),
      ),
    ).toEqual(['end_date']);
    const task = await newTask('Something');
    expect((await refusal(api.updateRecord({ kind: 'tasks', id: task.id, changes: {} }))).code).toBe('invalid_input');
  });

  it('names the field when the database refuses: lifecycle, circles and references', async () => {
    const first = await newTask('First');
    const second = await newTask('Second', { dependencies: [first.id], parent_task_id: first.id });
    expect(second['dependencies']).toEqual([first.id]);
    const circle = await refusal(
      api.updateRecord({ kind: 'tasks', id: first.id, changes: { dependencies: [second.id] } }),
    );
    expect([circle.code, paths(circle)]).toEqual(['invalid_input', ['dependencies']]);
    const family = await refusal(
      api.updateRecord({ kind: 'tasks', id: first.id, changes: { parent_task_id: second.id } }),
    );
    expect([family.code, paths(family)]).toEqual(['invalid_input', ['parent_task_id']]);
    await api.updateRecord({ kind: 'tasks', id: first.id, changes: { status: 'completed' } });
    const lifecycle = await refusal(
      api.updateRecord({ kind: 'tasks', id: first.id, changes: { status: 'in_progress' } }),
    );
    expect([lifecycle.code, paths(lifecycle)]).toEqual(['conflict', ['status']]);
    const theirs = await test.as(ben).createRecord({ kind: 'projects', values: { name: 'Theirs' } });
    const reference = await refusal(newTask('Third', { project_id: theirs.id }));
    expect([reference.code, paths(reference)]).toEqual(['invalid_input', ['project_id']]);
  });

  it('lists dependencies of a task in both directions', async () => {
    const [a, b, c] = [await newTask('a'), await newTask('b'), await newTask('c')];
    await api.updateRecord({ kind: 'tasks', id: b.id, changes: { dependencies: [a.id] } });
    await api.updateRecord({ kind: 'tasks', id: c.id, changes: { dependencies: [b.id] } });
    const edges = await api.listDependencies({ taskId: b.id });
    expect(edges.map(({ taskId, dependsOnId, kind }) => [taskId, dependsOnId, kind])).toEqual([
      [b.id, a.id, 'hard'],
      [c.id, b.id, 'hard'],
    ]);
    await api.updateRecord({ kind: 'tasks', id: c.id, changes: { dependencies: null } });
    expect(await api.listDependencies({ taskId: c.id })).toEqual([]);
  });

  it('filters by status and project and refuses a status that is none', async () => {
    const project = await api.createRecord({ kind: 'projects', values: { name: 'Filter' } });
    const inside = await newTask('inside', { project_id: project.id });
    expect(
      (await api.listRecords({ kind: 'tasks', projectId: project.id, status: 'pending' })).items.map(({ id }) => id),
    ).toEqual([inside.id]);
    expect((await api.listRecords({ kind: 'tasks', projectId: project.id, status: 'completed' })).items).toEqual([]);
    expect(paths(await refusal(api.listRecords({ kind: 'tasks', status: 'done' })))).toEqual(['status']);
  });

  it('keeps what a person told about themselves and changes only what is given', async () => {
    expect(await api.getUserContext()).toEqual({});
    await api.setUserContext({ changes: { timezone: 'Europe/Berlin', background: 'gardener' } });
    const changed = await api.setUserContext({
      changes: { working_hours: { monday: [{ from: '09:00', to: '12:00' }] }, background: null },
    });
    expect(changed).toMatchObject({
      timezone: 'Europe/Berlin',
      background: null,
      working_hours: { monday: [{ from: '09:00', to: '12:00' }] },
    });
    expect(paths(await refusal(api.setUserContext({ changes: { timezone: 'Mars/Base', shoe_size: 42 } })))).toEqual([
      'shoe_size',
      'timezone',
    ]);
  });
});

describe('export and import', () => {
  it(
    'brings everything back into an empty account, and nothing twice',
    async () => {
      const source = await startTestService();
      const target = await startTestService();
      try {
        const from = source.as(ann);
        const project = await from.createRecord({ kind: 'projects', values: { name: 'Move', tags: ['a', 'b'] } });
        const parent = await from.createRecord({ kind: 'tasks', values: { title: 'Pack', project_id: project.id } });
        const child = await from.createRecord({
          kind: 'tasks',
          values: { title: 'Boxes', parent_task_id: parent.id, dependencies: [parent.id] },
        });
        await from.updateRecord({ kind: 'tasks', id: child.id, changes: { status: 'completed' } });
        await from.createRecord({ kind: 'phases', values: { project_id: project.id, name: 'Spring', ...phaseDates } });
        await from.createRecord({ kind: 'brain-dumps', values: { content: 'x', metaData: { a: [1, null] } } });
        await from.setUserContext({ changes: { background: 'mover' } });
        const weekly = { cron: '0 7 * * MON', timeZone: 'Europe/Berlin', overlap: 'start' } as const;
        const input = { userPrompt: 'Plan the week' };
        const schedule = await from.createSchedule({ type: 'sample', input, ...weekly, maxAttempts: 2 });
        const bytes = new TextEncoder().encode('a lease');
        const file = await from.addFile({ name: 'lease.txt', mimeType: 'text/plain', bytes, projectId: project.id });
        const document = await from.exportAll();
        expect(document['files']).toMatchObject([{ id: file.id, name: 'lease.txt', sha256: file.sha256 }]);
        expect(JSON.stringify(document)).not.toContain('a lease');
        const into = target.as(ann);
        const report = await into.importAll({ document });
        expect(report).toMatchObject({
          created: {
            projects: 1,
            tasks: 2,
            phases: 1,
            brain_dumps: 1,
            task_dependencies: 1,
            notes: 0,
            run_schedules: 1,
          },
          skipped: 0,
        });
        const again = await into.importAll({ document });
        expect([again.skipped, Object.values(again.created).every((count) => count === 0)]).toEqual([7, true]);
        const { status, nextAt, lastRunId, ...said } = await into.getSchedule({ id: schedule.id });
        expect([status, nextAt, lastRunId]).toEqual(['paused', null, null]);
        expect(said).toMatchObject({ input, ...weekly, maxAttempts: 2, createdAt: schedule.createdAt });
        expect(await into.resumeSchedule({ id: schedule.id })).toMatchObject({ status: 'active' });
        const copy = await into.exportAll();
        for (const table of ['projects', 'tasks', 'phases', 'brain_dumps', 'task_dependencies']) {
          const timeless = (rows: unknown) =>
            JSON.stringify(rows, (key, value: unknown) => (key === 'updated_at' ? undefined : value));
          expect(timeless(copy[table])).toEqual(timeless(document[table]));
        }
        expect(await into.getUserContext()).toMatchObject({ background: 'mover' });
        expect((await target.as(ben).exportAll())['tasks']).toEqual([]);
      } finally {
        await source.stop();
        await target.stop();
      }
    },
    startTimeoutMs,
  );

  it('refuses a document that is none, and leaves nothing of one that is half wrong', async () => {
    expect(paths(await refusal(api.importAll({ document: { format: 'other', version: 1 } })))).toEqual([
      'document.format',
    ]);
    const note = { id: '00000000-0000-7000-8000-0000000000aa', content: 'kept?' };
    const document = {
      format: 'steward-export',
      version: 1,
      notes: [note],
      tasks: [{ id: ann, title: 'x', project_id: note.id }],
    };
    expect((await refusal(api.importAll({ document }))).code).toBe('invalid_input');
    expect((await refusal(api.getRecord({ kind: 'notes', id: note.id }))).code).toBe('not_found');
  });

  it('refuses a schedule whose times are none, by its place in the document', async () => {
    const row = { id: ann, name: 'x', workflow_type: 'sample', input: {}, cron: 'never', time_zone: 'Mars/Base' };
    const document = { format: 'steward-export', version: 1, run_schedules: [row] };
    expect(paths(await refusal(api.importAll({ document })))).toEqual([
      'document.run_schedules.0.cron',
      'document.run_schedules.0.time_zone',
    ]);
  });

  it('puts parents before their subtasks, whatever their order', () => {
    const rows = [
      { id: 'c', parent_task_id: 'b' },
      { id: 'a', parent_task_id: null },
      { id: 'b', parent_task_id: 'a' },
      { id: 'x', parent_task_id: 'y' },
    ];
    expect(parentsFirst(rows).map((row) => row['id'])).toEqual(['a', 'b', 'c', 'x']);
  });
});
