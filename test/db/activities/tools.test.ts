import { beforeEach, describe, expect, it } from 'vitest';
import { builtInTools } from '../../../activities/tools/built-in.ts';
import { openToolbox } from '../../../activities/tools/toolbox.ts';
import type { ToolOutcome, UseToolParams } from '../../../activities/tools/api.ts';
import { appendMessage, readTranscript } from '../../../activities/tools/transcript.ts';
import { writeChanges } from '../../../activities/records/project-changes.ts';
import { noOutsideTools } from '../../../src/tools/tool-source.ts';
import { backends } from '../support/backends.ts';
import { newProject, newTask } from '../support/rows.ts';
import { change, newWorld, step, useDatabase } from './harness.ts';
import type { World } from './harness.ts';
import { countRows, readRow } from './queries.ts';

const everything = builtInTools.map((tool) => tool.name);
const loop = 'agent-1';

describe.each(backends)('tools and files on $name', ({ start }) => {
  let world: World;
  const database = useDatabase(start);
  beforeEach(async () => {
    world = await newWorld(database());
  });

  const transcript = async () => await world.database.asService((tx) => readTranscript(tx, { run: world.run, loop }));

  /** The model asks for a tool; the call's parameters for `useTool` come back. */
  async function ask(name: string, args: string, fields: Partial<UseToolParams> = {}): Promise<UseToolParams> {
    await world.database.asService(async (tx) => {
      await writeChanges(tx, { run: world.run, changes: [] });
      await appendMessage(
        tx,
        { run: world.run, loop },
        { message: { role: 'assistant', content: null, toolCalls: [{ id: 'c1', name, arguments: args }] }, tokens: 5 },
      );
    });
    const ref = step(4, { type: 'tool', name, path: `tool:${name}/${loop}.c1` });
    return {
      run: world.run,
      step: ref,
      loop,
      callId: 'c1',
      granted: everything,
      verdict: 'allowed',
      changes: [],
      ...fields,
    };
  }
  const use = async (params: UseToolParams, attempt = 1): Promise<ToolOutcome> =>
    await world.as(attempt).useTool(params);

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

  it('changes tasks by the rules of proposals, and only of the person', async () => {
    const stranger = await newWorld(database());
    const [mine, other, foreign] = await database().asService(async (tx) => [
      await newTask(tx, world.userId),
      await newTask(tx, world.userId),
      await newTask(tx, stranger.userId),
    ]);
    const change = async (name: string, args: object): Promise<ToolOutcome> => {
      const ref = step(4, { type: 'tool', name, path: `tool:${name}/${JSON.stringify(args)}` });
      return await use(await ask(name, JSON.stringify(args), { step: ref }));
    };
    const why = 'It was asked for.';
    expect(await change('update_task', { taskId: mine, changes: { priority: 'low' } })).toMatchObject({ ok: true });
    expect(await change('set_task_status', { taskId: mine, status: 'completed', why })).toMatchObject({ ok: true });
    expect(await change('add_dependency', { taskId: other, dependsOnId: mine, why })).toMatchObject({ ok: true });
    expect(await readRow(world, 'tasks', mine)).toMatchObject({ priority: 'low', status: 'completed' });
    const details = await change('get_task', { taskId: other });
    expect(details.ok).toBe(true);
    for (const [name, args] of [
      ['update_task', { taskId: foreign, changes: { priority: 'low' } }],
      ['set_task_status', { taskId: foreign, status: 'cancelled', why }],
      ['add_dependency', { taskId: mine, dependsOnId: foreign, why }],
      ['get_task', { taskId: foreign }],
    ] as const)
      expect(await change(name, args)).toMatchObject({ ok: false });
    expect(await readRow(stranger, 'tasks', foreign)).toMatchObject({ status: 'pending' });
  });

  it('shows projects, brain dumps and free time', async () => {
    const project = await database().asService(async (tx) => {
      const id = await newProject(tx, world.userId);
      await newTask(tx, world.userId, { project_id: id });
      await tx.insertInto('brain_dumps').values({ user_id: world.userId, content: 'So many things.' }).execute();
      return id;
    });
    const read = async (name: string, args: object): Promise<string> => {
      const ref = step(4, { type: 'tool', name, path: `tool:${name}` });
      await use(await ask(name, JSON.stringify(args), { step: ref }));
      return (await transcript()).find((message) => message.role === 'tool')?.content ?? '';
    };
    expect(JSON.parse(await read('get_project', { projectId: project }))).toMatchObject({ tasks: { pending: 1 } });
    expect(await read('list_brain_dumps', {})).toContain('So many things.');
    const free = JSON.parse(await read('free_time', { days: 1 })) as { windows: readonly { start: string }[] };
    expect(free.windows[0]?.start).toBe('2026-03-02T09:00:00.000Z');
  });

  it('reads an earlier result of the same loop again, stretch by stretch, and nothing else', async () => {
    await database().asService(async (tx) => {
      await tx
        .insertInto('notes')
        .values({ user_id: world.userId, title: 'Long', content: 'green '.repeat(150) })
        .execute();
    });
    await use(await ask('search_notes', JSON.stringify({ text: 'green' })));
    const recalled = async (reference: string): Promise<ToolOutcome> => {
      const args = JSON.stringify({ reference, from: 10 });
      const ref = step(5, { type: 'tool', name: 'recall', path: `tool:recall/${reference}` });
      const params = await ask('recall', args, { step: ref, granted: [] });
      await database().asService(async (tx) => {
        const message = {
          role: 'assistant',
          content: null,
          toolCalls: [{ id: 'c2', name: 'recall', arguments: args }],
        };
        await appendMessage(tx, { run: world.run, loop }, { message: message as never, tokens: 5 });
      });
      return await use({ ...params, callId: 'c2' });
    };
    expect(await recalled('c1')).toMatchObject({ ok: true, summary: expect.stringContaining('"from":10') });
    world = await newWorld(database());
    expect(await recalled('c1')).toMatchObject({ ok: false, summary: expect.stringContaining('There is no result') });
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
    const { descriptions } = await openToolbox(noOutsideTools, ['get_calendar', 'nonsense']);
    expect(descriptions).toMatchObject([
      { name: 'get_calendar', parameters: { type: 'object', required: ['from', 'to'] } },
      { name: 'recall' },
    ]);
  });
});
