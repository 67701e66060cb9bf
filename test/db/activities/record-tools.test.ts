import { beforeEach, describe, expect, it } from 'vitest';
import type { ToolOutcome } from '../../../activities/tools/api.ts';
import { appendMessage } from '../../../activities/tools/transcript.ts';
import { backends } from '../support/backends.ts';
import { newProject, newTask } from '../support/rows.ts';
import { newWorld, step, useDatabase } from './harness.ts';
import type { World } from './harness.ts';
import { readRow } from './queries.ts';
import { loop, toolCalls } from './tool-calls.ts';

describe.each(backends)('tools over records on $name', ({ start }) => {
  let world: World;
  const database = useDatabase(start);
  beforeEach(async () => {
    world = await newWorld(database());
  });
  const { ask, use, transcript } = toolCalls(() => world);

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
});
