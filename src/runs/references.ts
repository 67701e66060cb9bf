import type { Transaction } from 'kysely';
import type { Problem } from '../contract/errors.ts';
import { isList } from '../contract/json.ts';
import type { JsonObject } from '../contract/json.ts';
import type { Tables } from '../db/tables.ts';

type Tx = Transaction<Tables>;
type Named = { readonly userId: string; readonly input: JsonObject };

/** `projectId` is what the run is about: the named project, or that of the named task. */
export type References = { readonly projectId: string | null; readonly problems: readonly Problem[] };

const nothing: References = { projectId: null, problems: [] };

function missing(field: string, noun: string, id: string): Problem {
  return { path: `input.${field}`, message: `there is no ${noun} ${id}` };
}

/** Those of the ids that are no project of the person's, in their order. */
async function notProjects(tx: Tx, userId: string, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const mine = tx.selectFrom('projects').select('id').where('user_id', '=', userId);
  const rows = await mine.where('id', 'in', ids).execute();
  const own = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !own.has(id.toLowerCase()));
}

async function project(tx: Tx, { userId, input: { projectId } }: Named): Promise<References> {
  if (typeof projectId !== 'string') return nothing;
  const gone = await notProjects(tx, userId, [projectId]);
  if (gone.length === 0) return { projectId, problems: [] };
  return { projectId: null, problems: [missing('projectId', 'project', projectId)] };
}

async function projects(tx: Tx, { userId, input: { projectIds } }: Named): Promise<References> {
  const ids = isList(projectIds) ? projectIds.filter((id) => typeof id === 'string') : [];
  const gone = new Set(await notProjects(tx, userId, ids));
  const problems = ids.flatMap((id, index) => (gone.has(id) ? [missing(`projectIds.${index}`, 'project', id)] : []));
  return { projectId: null, problems };
}

async function task(tx: Tx, { userId, input: { taskId } }: Named): Promise<References> {
  if (typeof taskId !== 'string') return nothing;
  const row = await tx
    .selectFrom('tasks')
    .select('project_id')
    .where('id', '=', taskId)
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return { projectId: null, problems: [missing('taskId', 'task', taskId)] };
  return { projectId: row.project_id, problems: [] };
}

async function brainDump(tx: Tx, { userId, input: { brainDumpId } }: Named): Promise<References> {
  if (typeof brainDumpId !== 'string') return nothing;
  const row = await tx
    .selectFrom('brain_dumps')
    .select('content')
    .where('id', '=', brainDumpId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (row === undefined) return { projectId: null, problems: [missing('brainDumpId', 'brain dump', brainDumpId)] };
  if ((row.content ?? '').trim() !== '') return nothing;
  const message = `the brain dump ${brainDumpId} has no text to read`;
  return { projectId: null, problems: [{ path: 'input.brainDumpId', message }] };
}

/** Looks up the records that an input names: they must be there and the person's own. Each that is not is a problem. */
export async function checkReferences(tx: Tx, named: Named): Promise<References> {
  const found: References[] = [];
  for (const look of [project, task, brainDump, projects]) found.push(await look(tx, named));
  const about = found.find(({ projectId }) => projectId !== null);
  return { projectId: about?.projectId ?? null, problems: found.flatMap(({ problems }) => problems) };
}
