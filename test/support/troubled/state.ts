import type { TestSteward } from '../steward.ts';

/** The person's open tasks as the database has them. */
export async function openTasks(steward: TestSteward) {
  return await steward.database.asService(
    async (tx) =>
      await tx
        .selectFrom('tasks')
        .select(['id', 'title', 'status', 'priority', 'deadline', 'duration_minutes', 'parent_task_id', 'updated_at'])
        .where('user_id', '=', steward.userId)
        .where('deleted_at', 'is', null)
        .where('status', 'in', ['pending', 'in_progress'])
        .orderBy('id')
        .execute(),
  );
}

/** All that an optimization of the fixture changes. */
export async function recordState(steward: TestSteward) {
  const tasks = (await openTasks(steward)).map(({ updated_at: _updatedAt, ...task }) => task);
  return await steward.database.asService(async (tx) => ({
    tasks,
    edges: await tx
      .selectFrom('task_dependencies')
      .select(['task_id', 'depends_on_id', 'kind'])
      .where('user_id', '=', steward.userId)
      .orderBy('task_id')
      .orderBy('depends_on_id')
      .execute(),
    projects: await tx
      .selectFrom('projects')
      .select(['id', 'status', 'end_date'])
      .where('user_id', '=', steward.userId)
      .orderBy('id')
      .execute(),
  }));
}
