import { sql } from 'kysely';
import type { TestSteward } from '../steward.ts';
import { blockTimes, dayFrom, touchedAt } from './facts.ts';
import { blocks, projects, tasks } from './records.ts';

export type Inserted = {
  task(key: string): string;
  project(key: string): string;
};

/**
 * Writes the fixture for the test's person, in place of all they had. Ids are new ones, so that several tests can do so;
 * those with needs count as touched just now, since the database keeps their needs with them.
 */
export async function insertTroubled(steward: TestSteward, now = new Date().toISOString()): Promise<Inserted> {
  const { userId } = steward;
  const ids = new Map([...projects, ...tasks].map(({ key }) => [key, crypto.randomUUID()]));
  const id = (key: string): string => ids.get(key) ?? key;
  await steward.database.asService(async (tx) => {
    await sql`update tasks set deleted_at = now() where user_id = ${userId}::uuid and deleted_at is null`.execute(tx);
    await sql`update projects set status = 'completed' where user_id = ${userId}::uuid`.execute(tx);
    await sql`delete from calendar_events where user_id = ${userId}::uuid`.execute(tx);
    for (const { key, name, end } of projects) {
      const endDate = end === undefined ? null : dayFrom(now, end);
      await sql`insert into projects (id, user_id, name, end_date)
        values (${id(key)}::uuid, ${userId}::uuid, ${name}, ${endDate}::timestamptz)`.execute(tx);
    }
    const parentsFirst = tasks.toSorted((a, b) => Number(a.parent !== undefined) - Number(b.parent !== undefined));
    for (const task of parentsFirst) {
      const deadline = task.due === undefined ? null : dayFrom(now, task.due);
      const project = task.project === null ? null : id(task.project);
      const parent = task.parent === undefined ? null : id(task.parent);
      const touched = touchedAt(now, task);
      await sql`insert into tasks (id, user_id, project_id, parent_task_id, title, task_steps, status, priority,
          duration_minutes, deadline, created_at, updated_at)
        values (${id(task.key)}::uuid, ${userId}::uuid, ${project}::uuid, ${parent}::uuid, ${task.title}, ${task.steps ?? null},
          ${task.status ?? 'pending'}, ${task.priority ?? 'medium'}, ${task.minutes ?? null}, ${deadline}::timestamptz,
          ${touched}::timestamptz, ${touched}::timestamptz)`.execute(tx);
    }
    for (const { key, needs = [] } of tasks)
      for (const need of needs)
        await sql`insert into task_dependencies (user_id, task_id, depends_on_id, kind)
          values (${userId}::uuid, ${id(key)}::uuid, ${id(need)}::uuid, 'hard')`.execute(tx);
  });
  await insertBlocks(steward, { id, now });
  return { task: id, project: id };
}

async function insertBlocks(
  { database, userId }: TestSteward,
  { id, now }: { readonly id: (key: string) => string; readonly now: string },
): Promise<void> {
  await database.asService(async (tx) => {
    for (const block of blocks) {
      const { start, end } = blockTimes(block, now);
      const title = tasks.find((task) => task.key === block.task)?.title ?? block.task;
      await sql`insert into calendar_events (id, user_id, uid, title, source, start_at, end_at, task_id)
        values (${crypto.randomUUID()}::uuid, ${userId}::uuid, ${`${id(block.task)}@test`}, ${title}, 'steward', ${start}::timestamptz,
          ${end}::timestamptz, ${id(block.task)}::uuid)`.execute(tx);
    }
  });
}
