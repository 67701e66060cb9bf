import type { Transaction } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { putDependency } from '../../src/db/records/dependencies.ts';
import type { Place } from '../../src/db/records/page.ts';
import { deleteProject } from '../../src/db/records/projects.ts';
import { deleteTask, getTask, listTasks } from '../../src/db/records/tasks.ts';
import type { Tables } from '../../src/db/tables.ts';
import { backends, startTimeoutMs } from './support/backends.ts';
import type { TestDatabase } from './support/backends.ts';
import { newProject, newTask, newUser } from './support/rows.ts';

type Tx = Transaction<Tables>;

describe.each(backends)('task records on $name', ({ start }) => {
  let test: TestDatabase;
  let user: string;
  const as = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => test.database.asUser(user, work);
  const tasks = (count: number): Promise<string[]> =>
    as(async (tx) => {
      const ids: string[] = [];
      for (let index = 0; index < count; index += 1) ids.push(await newTask(tx, user));
      return ids;
    });
  const depend = (from: string | undefined, on: string | undefined, kind: 'hard' | 'soft' = 'hard'): Promise<void> =>
    as((tx) => putDependency(tx, { task_id: from ?? '', depends_on_id: on ?? '', user_id: user, kind }));

  beforeAll(async () => {
    test = await start();
  }, startTimeoutMs);
  beforeEach(async () => {
    user = await newUser(test.database);
  });
  afterAll(() => test.stop());

  it('delete a task with its subtasks and dependencies, marked and not gone', async () => {
    const [a, b] = await tasks(2);
    const child = await as((tx) => newTask(tx, user, { parent_task_id: a ?? '' }));
    await depend(b, a);
    expect(new Set(await as((tx) => deleteTask(tx, { id: a ?? '' })))).toEqual(new Set([a, child]));
    expect((await as((tx) => listTasks(tx, { after: null, limit: 10 }))).map((task) => task.id)).toEqual([b]);
    expect((await as((tx) => getTask(tx, { id: b ?? '' }))).dependencies).toEqual([]);
    await expect(as((tx) => getTask(tx, { id: a ?? '' }))).rejects.toMatchObject({ code: 'not_found' });
    expect(
      await as((tx) => tx.selectFrom('tasks').select('id').where('deleted_at', 'is not', null).execute()),
    ).toHaveLength(2);
  });

  it('keep the tasks of a deleted project', async () => {
    const project = await as((tx) => newProject(tx, user));
    const task = await as((tx) => newTask(tx, user, { project_id: project }));
    await as((tx) => deleteProject(tx, { id: project }));
    expect(await as((tx) => getTask(tx, { id: task }))).toMatchObject({ project_id: null, user_id: user });
  });

  it('list pages that neither skip nor repeat tasks made at the same moment', async () => {
    const ids = await tasks(7);
    const seen: string[] = [];
    const read = (after: Place | null) => as((tx) => listTasks(tx, { after, limit: 3 }));
    let page = await read(null);
    for (let last = page.at(-1); last !== undefined; last = page.at(-1)) {
      seen.push(...page.map((task) => task.id));
      page = await read({ at: last.created_at, id: last.id });
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen)).toEqual(new Set(ids));
  });
});
