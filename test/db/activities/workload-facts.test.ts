import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { gatherNamed } from '../../../activities/support/facts/gatherers.ts';
import { factLimits } from '../../../activities/support/facts/limits.ts';
import { readPerson } from '../../../activities/support/facts/person.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { backends } from '../support/backends.ts';
import { newWorld, useDatabase } from './harness.ts';
import type { World } from './harness.ts';

describe.each(backends)('open work on $name', ({ start }) => {
  let world: World;
  const database = useDatabase(start);
  beforeEach(async () => {
    world = await newWorld(database());
  });

  /** More projects and loose tasks than one look takes in, and then a newer project with one task. */
  async function fill(): Promise<{ readonly projectId: string; readonly taskId: string }> {
    const { userId } = world;
    return await database().asService(async (tx) => {
      await sql`insert into projects (user_id, name, created_at)
        select ${userId}::uuid, 'Old ' || n, '2020-01-01'::timestamptz from generate_series(1, ${factLimits.projects}::int) n`.execute(
        tx,
      );
      await sql`insert into tasks (user_id, title, created_at)
        select ${userId}::uuid, 'Old ' || n, '2020-01-01'::timestamptz from generate_series(1, ${factLimits.openTasks}::int) n`.execute(
        tx,
      );
      const project = { user_id: userId, name: 'Garden' };
      const { id: projectId } = await tx
        .insertInto('projects')
        .values(project)
        .returning('id')
        .executeTakeFirstOrThrow();
      const task = { user_id: userId, title: 'Dig', project_id: projectId };
      const { id: taskId } = await tx.insertInto('tasks').values(task).returning('id').executeTakeFirstOrThrow();
      return { projectId, taskId };
    });
  }

  async function workload(input: JsonObject, projectId: string | null): Promise<NonNullable<FactSheet['workload']>> {
    const { userId, runId } = world.run;
    const facts = await database().asService(async (tx) => {
      const person = await readPerson(tx, userId);
      const scope = { tx, userId, runId, projectId, taskId: null, input, now: new Date(), person };
      return await gatherNamed(scope, ['workload']);
    });
    if (facts.workload === null) throw new Error('nothing was gathered');
    return facts.workload;
  }

  it("never leaves out the run's own project and its tasks, however much else there is", async () => {
    const { projectId, taskId } = await fill();
    for (const found of [
      await workload({ projectIds: [projectId.toUpperCase()] }, null),
      await workload({}, projectId),
    ]) {
      expect(found.projects[0]).toMatchObject({ id: projectId });
      expect(found.tasks[0]).toMatchObject({ id: taskId });
      expect([found.projects.length, found.tasks.length]).toEqual([factLimits.projects, factLimits.openTasks]);
      expect(found.cut).toBe(true);
    }
  });

  it('is the oldest of it where no project is named', async () => {
    const { projectId, taskId } = await fill();
    const { projects, tasks } = await workload({}, null);
    expect(projects.map(({ id }) => id)).not.toContain(projectId);
    expect(tasks.map(({ id }) => id)).not.toContain(taskId);
  });
});
