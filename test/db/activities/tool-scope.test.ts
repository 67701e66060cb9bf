import { beforeEach, describe, expect, it } from 'vitest';
import { builtInTools } from '../../../activities/tools/built-in.ts';
import { openToolbox } from '../../../activities/tools/toolbox.ts';
import { StewardError } from '../../../src/contract/errors.ts';
import { sourceKinds } from '../../../src/contract/facts/source-facts.ts';
import type { SourceScope } from '../../../src/contract/facts/source-facts.ts';
import type { Json } from '../../../src/contract/json.ts';
import { noOutsideTools } from '../../../src/tools/tool-source.ts';
import { backends } from '../support/backends.ts';
import { newProject, newTask } from '../support/rows.ts';
import { newWorld, useDatabase } from './harness.ts';
import type { World } from './harness.ts';
import { toolCalls } from './tool-calls.ts';

type Ids = Readonly<Record<'project' | 'task' | 'note' | 'dump', string>>;

describe.each(backends)('the tools of an agent that may read a part on $name', ({ start }) => {
  let world: World;
  let inside: Ids;
  let outside: Ids;
  const database = useDatabase(start);
  const { ask, use, transcript } = toolCalls(() => world);

  async function fill(word: string): Promise<Ids> {
    return await database().asService(async (tx) => {
      const { userId } = world;
      const project = await newProject(tx, userId);
      await tx
        .updateTable('projects')
        .set({ name: `Garden ${word}` })
        .where('id', '=', project)
        .execute();
      const of = { user_id: userId, project_id: project };
      const text = { title: `Garden ${word}`, content: `The ${word} fence of the garden` };
      const note = await tx
        .insertInto('notes')
        .values({ ...of, ...text })
        .returning('id')
        .executeTakeFirstOrThrow();
      const dump = await tx
        .insertInto('brain_dumps')
        .values({ ...of, ...text })
        .returning('id')
        .executeTakeFirstOrThrow();
      const task = await newTask(tx, userId, { title: `Garden ${word}`, project_id: project });
      return { project, task, note: note.id, dump: dump.id };
    });
  }

  beforeEach(async () => {
    world = await newWorld(database());
    inside = await fill('cedar');
    outside = await fill('willow');
    await database().asService(
      async (tx) =>
        await tx
          .insertInto('task_dependencies')
          .values({ user_id: world.userId, task_id: inside.task, depends_on_id: outside.task, kind: 'hard' })
          .execute(),
    );
  });

  /** What a call tells the model: its answer, or why there is none. */
  async function told(scope: SourceScope, tool: string, args: Json): Promise<string> {
    const toolbox = await openToolbox(noOutsideTools, { granted: ['read:own'], scope });
    const checked = toolbox.check({ name: tool, arguments: JSON.stringify(args) });
    if (checked.kind === 'refused') return checked.refusal;
    if (checked.kind === 'outside') throw new Error(`${tool} is from outside.`);
    const { run, userId } = world;
    const context = { userId, runId: run.runId, now: new Date(), key: 'k', loop: { run, loop: 'l' }, scope };
    try {
      return JSON.stringify(await database().asService(async (tx) => await checked.run({ tx, ...context })));
    } catch (error) {
      if (error instanceof StewardError && error.code === 'forbidden') return error.message;
      throw error;
    }
  }

  const lists: readonly (readonly [string, Json])[] = [
    ['search_records', { query: 'garden' }],
    ['search_notes', { text: 'garden' }],
    ['list_projects', {}],
    ['list_tasks', {}],
    ['list_brain_dumps', {}],
  ];

  it.each(lists)('%s shows of a project what is in it', async (tool, args) => {
    const answer = await told({ kinds: sourceKinds, projectId: inside.project }, tool, args);
    expect(answer).toContain('cedar');
    expect(answer).not.toContain('willow');
  });

  it('reads a task of the project without the names of others that it hangs on', async () => {
    const scope = { kinds: sourceKinds, projectId: inside.project };
    const answer = await told(scope, 'get_task', { taskId: inside.task });
    expect(answer).toContain('cedar');
    expect(answer).not.toContain('willow');
    expect(await told({ kinds: sourceKinds, projectId: null }, 'get_task', { taskId: inside.task })).toContain(
      'willow',
    );
  });

  it('refuses what is in another project, and says what may be read', async () => {
    const scope = { kinds: sourceKinds, projectId: inside.project };
    const calls: readonly (readonly [string, Json])[] = [
      ['read_source', { kind: 'note', id: outside.note }],
      ['read_source', { kind: 'brain_dump', id: outside.dump }],
      ['get_task', { taskId: outside.task }],
      ['get_project', { projectId: outside.project }],
      ['list_tasks', { projectId: outside.project }],
      ['search_records', { query: 'garden', projectId: outside.project }],
    ];
    for (const [tool, args] of calls) {
      const answer = await told(scope, tool, args);
      expect(answer).toContain(inside.project);
      expect(answer).not.toContain('willow');
    }
  });

  it('holds a call of a loop to what that loop may read', async () => {
    const scope = { kinds: sourceKinds, projectId: inside.project };
    const args = JSON.stringify({ kind: 'note', id: outside.note });
    expect(await use(await ask('read_source', args, { scope, verdict: 'run' }))).toMatchObject({ ok: false });
    const [, result] = await transcript();
    expect(result?.content).toContain(`may read what is in the project ${inside.project}`);
  });

  it('finds and reads of the kinds that are named alone', async () => {
    const scope = { kinds: ['note'], projectId: null } as const;
    const found = JSON.parse(await told(scope, 'search_records', { query: 'garden' })) as { kind: string }[];
    expect(found.map(({ kind }) => kind)).toEqual(['note', 'note']);
    expect(await told(scope, 'search_records', { query: 'garden', kinds: ['task'] })).toContain('may read note');
    expect(await told(scope, 'read_source', { kind: 'task', id: inside.task })).toContain('may read note');
    expect(await told(scope, 'get_task', { taskId: inside.task })).toContain('There is no tool "get_task"');
  });
});

describe('the tools', () => {
  async function offered(scope?: SourceScope): Promise<readonly string[]> {
    const { descriptions } = await openToolbox(noOutsideTools, { granted: ['read:own'], scope });
    return descriptions.map(({ name }) => name);
  }

  it('that have nothing to show within a scope are not offered', async () => {
    const all = builtInTools.filter(({ access }) => access === 'read').map(({ name }) => name);
    expect(await offered()).toEqual([...all, 'recall']);
    expect(await offered({ kinds: sourceKinds, projectId: null })).toEqual([...all, 'recall']);
    const project = await offered({ kinds: sourceKinds, projectId: crypto.randomUUID() });
    expect(all.filter((name) => !project.includes(name))).toEqual(['get_calendar', 'free_time']);
    expect(await offered({ kinds: ['file'], projectId: null })).toEqual(['search_records', 'read_source', 'recall']);
  });
});
