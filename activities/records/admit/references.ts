import type { Problem } from '../../../src/contract/errors.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import type { Tx } from '../../support/transaction.ts';

export type References = { readonly projectId: string | null; readonly problems: readonly Problem[] };

async function findProject(tx: Tx, of: { readonly id: string; readonly userId: string }): Promise<boolean> {
  const row = await tx
    .selectFrom('projects')
    .select('id')
    .where('id', '=', of.id)
    .where('user_id', '=', of.userId)
    .executeTakeFirst();
  return row !== undefined;
}

async function findBrainDump(
  tx: Tx,
  of: { readonly id: string; readonly userId: string },
): Promise<readonly Problem[]> {
  const row = await tx
    .selectFrom('brain_dumps')
    .select('content')
    .where('id', '=', of.id)
    .where('user_id', '=', of.userId)
    .executeTakeFirst();
  const path = 'input.brainDumpId';
  if (row === undefined) return [{ path, message: `there is no brain dump ${of.id}` }];
  return (row.content ?? '').trim() === '' ? [{ path, message: `the brain dump ${of.id} has no text to read` }] : [];
}

/** Looks up the project, the task and the brain dump that an input names: they must be there and the person's own. */
export async function checkReferences(
  tx: Tx,
  start: { readonly userId: string; readonly input: JsonObject },
): Promise<References> {
  const { userId, input } = start;
  const { projectId, taskId, brainDumpId } = input;
  const problems: Problem[] = [];
  if (typeof projectId === 'string' && !(await findProject(tx, { id: projectId, userId }))) {
    problems.push({ path: 'input.projectId', message: `there is no project ${projectId}` });
  }
  if (typeof brainDumpId === 'string') problems.push(...(await findBrainDump(tx, { id: brainDumpId, userId })));
  if (typeof taskId !== 'string') return { projectId: typeof projectId === 'string' ? projectId : null, problems };
  const task = await tx
    .selectFrom('tasks')
    .select('project_id')
    .where('id', '=', taskId)
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (task === undefined) problems.push({ path: 'input.taskId', message: `there is no task ${taskId}` });
  return { projectId: typeof projectId === 'string' ? projectId : (task?.project_id ?? null), problems };
}
