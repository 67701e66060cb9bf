import type { Transaction } from 'kysely';
import { invalidInput } from '../contract/errors.ts';
import type { Problem } from '../contract/errors.ts';
import type { JsonObject } from '../contract/json.ts';
import type { Tables } from '../db/tables.ts';

type Tx = Transaction<Tables>;
type Asked = { readonly userId: string; readonly input: JsonObject };

function idIn(input: JsonObject, key: string): string | null {
  const value = input[key];
  return typeof value === 'string' ? value : null;
}

/**
 * The project that a run's input is about; a task's project is the run's. Throws `invalid_input` for a project or task
 * that the user does not have.
 */
export async function findProject(tx: Tx, { userId, input }: Asked): Promise<string | null> {
  const projectId = idIn(input, 'projectId');
  const taskId = idIn(input, 'taskId');
  const problems: Problem[] = [];
  const projects = tx.selectFrom('projects').select('id').where('user_id', '=', userId);
  const project = projectId === null ? undefined : await projects.where('id', '=', projectId).executeTakeFirst();
  if (projectId !== null && project === undefined)
    problems.push({ path: 'input.projectId', message: `there is no project ${projectId}` });
  const tasks = tx
    .selectFrom('tasks')
    .select('project_id')
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null);
  const task = taskId === null ? undefined : await tasks.where('id', '=', taskId).executeTakeFirst();
  if (taskId !== null && task === undefined)
    problems.push({ path: 'input.taskId', message: `there is no task ${taskId}` });
  if (problems.length > 0) throw invalidInput(problems);
  return project?.id ?? task?.project_id ?? null;
}
