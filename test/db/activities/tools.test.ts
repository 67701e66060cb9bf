import { beforeEach, describe, expect, it } from 'vitest';
import { builtInTools } from '../../../activities/tools/built-in.ts';
import { openToolbox } from '../../../activities/tools/toolbox.ts';
import { noOutsideTools } from '../../../src/tools/tool-source.ts';
import { backends } from '../support/backends.ts';
import { newProject, newTask } from '../support/rows.ts';
import { change, newWorld, step, useDatabase } from './harness.ts';
import type { World } from './harness.ts';
import { countRows, readRow } from './queries.ts';
import { toolCalls } from './tool-calls.ts';

describe.each(backends)('tools and files on $name', ({ start }) => {
  let world: World;
  const database = useDatabase(start);
  beforeEach(async () => {
    world = await newWorld(database());
  });

  const { ask, use, transcript } = toolCalls(() => world);

  it('creates a task once, and appends its result once, however often the call is made', async () => {
    const params = await ask('create_task', JSON.stringify({ title: 'Buy seeds', durationMinutes: 30 }));
    const outcome = await use(params);
    expect(outcome.ok).toBe(true);
    expect(await use(params, 2)).toEqual(outcome);
    expect(await countRows(world)).toMatchObject({ tasks: 1 });
    const messages = await transcript();
    expect(messages).toHaveLength(2);
    expect(messages[1]).toMatchObject({ role: 'tool', toolCallId: 'c1' });
  });

  it('reads only what belongs to the person', async () => {
    const stranger = await newWorld(database());
    await database().asService(async (tx) => {
      await newProject(tx, stranger.userId);
      await newTask(tx, world.userId, { project_id: await newProject(tx, world.userId) });
    });
    expect(JSON.parse((await use(await ask('list_projects', '{}'))).summary.replace(/…$/, ''))).toHaveLength(1);
  });

  it('finds notes by a text in which no character means more than itself', async () => {
    await database().asService(async (tx) => {
      for (const title of ['100% done', '100 done'])
        await tx.insertInto('notes').values({ user_id: world.userId, title }).execute();
    });
    await use(await ask('search_notes', JSON.stringify({ text: '100%' })));
    const [, result] = await transcript();
    expect(result?.content).toContain('100% done');
    expect(result?.content).not.toContain('100 done');
  });

  it.each([
    ['an unknown tool', 'launch_rocket', '{}', 'There is no tool "launch_rocket". The tools are: list_projects'],
    ['wrong arguments', 'create_task', '{"titel":"x"}', 'title: '],
    ['arguments that are no JSON', 'create_task', '{"title":', 'are no JSON object'],
    [
      'a reference to nothing',
      'create_task',
      '{"title":"x","projectId":"00000000-0000-4000-8000-000000000000"}',
      'The call failed: Refers to something that does not exist',
    ],
  ] as const)('tells the model of %s', async (...[, tool, args, told]) => {
    const outcome = await use(await ask(tool, args));
    expect(outcome.ok).toBe(false);
    const [, result] = await transcript();
    expect(result?.content).toContain(told);
    expect(await countRows(world)).toMatchObject({ tasks: 0 });
  });

  it('runs nothing that was not granted or not allowed', async () => {
    const args = JSON.stringify({ title: 'Buy seeds' });
    const denied = await use(await ask('create_task', args, { verdict: 'denied' }));
    expect(denied).toMatchObject({ ok: false, summary: expect.stringContaining('did not allow') });
    world = await newWorld(database());
    const stranger = await use(await ask('create_task', args, { granted: ['list_tasks'] }));
    expect(stranger).toMatchObject({ ok: false, summary: expect.stringContaining('The tools are: list_tasks.') });
    expect(await countRows(world)).toMatchObject({ tasks: 0 });
  });

  it('puts an event on the calendar once', async () => {
    const args = JSON.stringify({ title: 'Sowing', start: '2026-03-05T09:00:00Z', end: '2026-03-05T10:00:00Z' });
    const params = await ask('schedule_event', args);
    await use(params);
    await use(params, 2);
    expect(await countRows(world)).toMatchObject({ events: 1 });
    const [, result] = await transcript();
    expect(result?.content).toContain('@steward');
  });

  it('keeps a text of an earlier step as a file of the run, once', async () => {
    const output = { report: { markdown: '# Plan' } };
    const ended = {
      type: 'step.finished',
      step: step(2),
      status: 'completed',
      output,
      reasoning: null,
      cost: null,
      error: null,
    } as const;
    await world.as(1).project({ run: world.run, changes: [change(1, ended)] });
    const file = step(3, { type: 'file', name: 'artifact', path: 'file:artifact/plan.md' });
    const params = {
      run: world.run,
      step: file,
      name: 'plan.md',
      mimeType: 'text/markdown',
      from: { step: 2, field: 'report.markdown' },
      changes: [],
    };
    const saved = await world.as(1).saveArtifact(params);
    expect(saved).toMatchObject({ sizeBytes: 6 });
    expect(await world.as(2).saveArtifact(params)).toEqual(saved);
    const rows = await world.database.asService((tx) =>
      tx.selectFrom('artifacts').select(['id', 'name', 'step_number']).where('run_id', '=', world.run.runId).execute(),
    );
    expect(rows).toEqual([{ id: saved.artifactId, name: 'plan.md', step_number: 3 }]);
    await expect(
      world.as(1).saveArtifact({ ...params, from: { step: 2, field: 'report.nothing' } }),
    ).rejects.toMatchObject({ type: 'not_found' });
    expect(await readRow(world, 'agentic_workflows', world.run.runId)).toMatchObject({ current_step: 3 });
  });
});

describe('the tools', () => {
  it('asks before writing and not before reading, unless told otherwise', async () => {
    expect(builtInTools).toHaveLength(16);
    for (const { access, policy } of builtInTools) expect(policy).toBe(access === 'read' ? 'auto' : 'confirm');
    const { descriptions } = await openToolbox(noOutsideTools, { granted: ['get_calendar', 'nonsense'] });
    expect(descriptions).toMatchObject([
      { name: 'get_calendar', parameters: { type: 'object', required: ['from', 'to'] } },
      { name: 'recall' },
    ]);
  });
});
