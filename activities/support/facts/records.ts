import { sql } from 'kysely';
import type { NoteFacts, ProjectFacts, TaskFacts } from '../../../src/contract/facts.ts';
import type { Tx } from '../transaction.ts';
import { cut, factLimits } from './limits.ts';

type Owned = { readonly userId: string; readonly projectId: string | null };

/** The project with its phases in order, or null when the run has none (any more). */
export async function projectFacts(tx: Tx, { userId, projectId }: Owned): Promise<ProjectFacts | null> {
  if (projectId === null) return null;
  const project = await tx
    .selectFrom('projects')
    .selectAll()
    .where('id', '=', projectId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (project === undefined) return null;
  const phases = await tx
    .selectFrom('phases')
    .select(['id', 'name', 'order'])
    .where('project_id', '=', projectId)
    .orderBy('order')
    .orderBy('id')
    .execute();
  const { id, name, description, context, status, start_date: startDate, end_date: endDate } = project;
  return { id, name, description, context, status, startDate, endDate, phases };
}

/** The newest notes: the project's, or without a project the person's. */
export async function noteFacts(tx: Tx, { userId, projectId }: Owned): Promise<readonly NoteFacts[]> {
  const mine = tx.selectFrom('notes').select(['id', 'title', 'content']).where('user_id', '=', userId);
  const wanted = projectId === null ? mine : mine.where('project_id', '=', projectId);
  const rows = await wanted.orderBy('updated_at', 'desc').orderBy('id').limit(factLimits.notes).execute();
  return rows.map((row) => ({ ...row, content: cut(row.content, factLimits.noteChars) }));
}

/** Open tasks: the one that the run starts from, then the project's, then the others; oldest first in each. */
export async function taskFacts(
  tx: Tx,
  { userId, projectId, taskId }: Owned & { readonly taskId: string | null },
): Promise<readonly TaskFacts[]> {
  const rows = await tx
    .selectFrom('tasks')
    .select(['id', 'title', 'status', 'priority', 'duration_minutes', 'deadline', 'project_id'])
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .where((where) => where.or([where('status', 'in', ['pending', 'in_progress']), where('id', '=', taskId ?? null)]))
    .orderBy(sql`(id is not distinct from ${taskId}::uuid)`, 'desc')
    .orderBy(sql`(project_id is not distinct from ${projectId}::uuid)`, 'desc')
    .orderBy('created_at')
    .orderBy('id')
    .limit(factLimits.tasks)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    status: row.status,
    priority: row.priority,
    durationMinutes: row.duration_minutes,
    deadline: row.deadline,
    projectId: row.project_id,
  }));
}
