import type { Transaction } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listDependencies, putDependency, replaceDependencies } from '../../src/db/records/dependencies.ts';
import { getTask, updateTask } from '../../src/db/records/tasks.ts';
import type { Tables } from '../../src/db/tables.ts';
import type { TaskStatus } from '../../src/db/tables/record-tables.ts';
import { backends, startTimeoutMs } from './support/backends.ts';
import type { TestDatabase } from './support/backends.ts';
import { newProject, newTask, newUser } from './support/rows.ts';

type Tx = Transaction<Tables>;

describe.each(backends)('task rules on $name', ({ start }) => {
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

  it('copy dependencies to tasks.dependencies and keep it so', async () => {
    const [a, b, c] = await tasks(3);
    await depend(a, b);
    await depend(a, c, 'soft');
    const before = await as((tx) => getTask(tx, { id: a ?? '' }));
    expect(new Set(before.dependencies)).toEqual(new Set([b, c]));
    await as((tx) => replaceDependencies(tx, { taskId: a ?? '', userId: user, dependsOn: [c ?? ''] }));
    expect((await as((tx) => getTask(tx, { id: a ?? '' }))).dependencies).toEqual([c]);
    expect(await as((tx) => listDependencies(tx, { taskId: a ?? '' }))).toEqual([
      { taskId: a, dependsOnId: c, kind: 'soft', reason: null },
    ]);
  });

  it('refuse circles over hard and soft dependencies', async () => {
    const [a, b, c] = await tasks(3);
    await depend(a, b);
    await depend(b, c, 'soft');
    await expect(depend(c, a)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('depends on it already'),
    });
    await expect(depend(a, a)).rejects.toMatchObject({ code: 'invalid_input' });
    await depend(a, c);
  });

  it('refuse a circle of which two transactions add half each', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [a, b, c, d] = await tasks(4);
      await depend(b, c);
      await depend(d, a);
      const halves = await Promise.allSettled([depend(a, b), depend(c, d)]);
      expect(halves.map((half) => half.status).sort()).toEqual(['fulfilled', 'rejected']);
    }
  });

  it('let subtasks go five levels deep and no deeper', async () => {
    let parent = await as((tx) => newTask(tx, user));
    const chain = [parent];
    for (let level = 1; level <= 5; level += 1) {
      parent = await as((tx) => newTask(tx, user, { parent_task_id: parent }));
      chain.push(parent);
    }
    await expect(as((tx) => newTask(tx, user, { parent_task_id: parent }))).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('5 levels'),
    });
    const top = await as((tx) => newTask(tx, user));
    const move = as((tx) => updateTask(tx, { id: chain[0] ?? '', changes: { parent_task_id: top } }));
    await expect(move).rejects.toMatchObject({ code: 'invalid_input' });
    await as((tx) => updateTask(tx, { id: chain[1] ?? '', changes: { parent_task_id: top } }));
  });

  it('refuse a task as its own ancestor', async () => {
    const [a] = await tasks(1);
    const b = await as((tx) => newTask(tx, user, { parent_task_id: a ?? '' }));
    for (const parent of [a, b]) {
      await expect(
        as((tx) => updateTask(tx, { id: a ?? '', changes: { parent_task_id: parent ?? '' } })),
      ).rejects.toMatchObject({ code: 'invalid_input' });
    }
  });

  it('refuse references to what belongs to somebody else, from the service too', async () => {
    const other = await newUser(test.database);
    const [mine] = await tasks(1);
    const theirs = await test.database.asUser(other, async (tx) => ({
      task: await newTask(tx, other),
      project: await newProject(tx, other),
    }));
    const attempts: ((tx: Tx) => Promise<unknown>)[] = [
      (tx: Tx) => updateTask(tx, { id: mine ?? '', changes: { parent_task_id: theirs.task } }),
      (tx: Tx) => updateTask(tx, { id: mine ?? '', changes: { project_id: theirs.project } }),
      (tx: Tx) => putDependency(tx, { task_id: mine ?? '', depends_on_id: theirs.task, user_id: user }),
    ];
    for (const attempt of attempts) {
      await expect(as(attempt)).rejects.toMatchObject({ code: 'invalid_input' });
      await expect(test.database.asService(attempt)).rejects.toMatchObject({ code: 'invalid_input' });
    }
  });

  const moves: Readonly<Record<TaskStatus, readonly TaskStatus[]>> = {
    pending: ['in_progress', 'completed', 'cancelled'],
    in_progress: ['completed', 'cancelled'],
    completed: ['pending'],
    cancelled: ['pending'],
  };
  const statuses: readonly TaskStatus[] = ['pending', 'in_progress', 'completed', 'cancelled'];

  it.each(statuses)('let a task go from %s only where the lifecycle leads', async (from) => {
    for (const to of statuses) {
      const { id } = await as((tx) =>
        tx
          .insertInto('tasks')
          .values({ user_id: user, title: 't', status: from })
          .returning('id')
          .executeTakeFirstOrThrow(),
      );
      const move = as((tx) => updateTask(tx, { id, changes: { status: to } }));
      if (to === from || moves[from].includes(to)) expect((await move).completed_at === null).toBe(to !== 'completed');
      else
        await expect(move).rejects.toMatchObject({
          code: 'conflict',
          message: expect.stringContaining(`from ${from} to ${to}`),
        });
    }
  });
});
