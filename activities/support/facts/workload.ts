import { sql } from 'kysely';
import { isList } from '../../../src/contract/json.ts';
import type {
  BlockFacts,
  DependencyFacts,
  ProjectLoad,
  WorkloadFacts,
} from '../../../src/contract/facts/task-facts.ts';
import { cut, factLimits } from './limits.ts';
import type { FactScope } from './scope.ts';
import { selectDetails, toDetail } from './task-detail.ts';

/** Whether a row is of a project that the run is about: those come before the others, lest they be what is cut. */
function isNamed(column: 'id' | 'project_id', { projectId, input }: FactScope) {
  const { projectIds } = input;
  const named = [projectId, ...(isList(projectIds) ? projectIds : [])].flatMap((id) =>
    typeof id === 'string' ? [id.toLowerCase()] : [],
  );
  return sql<boolean>`coalesce(${sql.ref(column)}::text in (select jsonb_array_elements_text(${JSON.stringify(named)}::jsonb)), false)`;
}

async function readProjects(scope: FactScope): Promise<readonly ProjectLoad[]> {
  const { tx, userId } = scope;
  const rows = await tx
    .selectFrom('projects')
    .select(['id', 'name', 'description', 'status', 'start_date', 'end_date', 'updated_at'])
    .where('user_id', '=', userId)
    .where('status', 'in', ['active', 'on_hold'])
    .orderBy(isNamed('id', scope), 'desc')
    .orderBy('created_at')
    .orderBy('id')
    .limit(factLimits.projects)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    description: cut(row.description, factLimits.taskChars),
    status: row.status,
    startDate: row.start_date,
    endDate: row.end_date,
    updatedAt: row.updated_at,
  }));
}

async function readDependencies(scope: FactScope, ids: readonly string[]): Promise<readonly DependencyFacts[]> {
  if (ids.length === 0) return [];
  return await scope.tx
    .selectFrom('task_dependencies')
    .select(['task_id as taskId', 'depends_on_id as dependsOnId', 'kind'])
    .where('user_id', '=', scope.userId)
    .where('task_id', 'in', ids)
    .where('depends_on_id', 'in', ids)
    .orderBy('task_id')
    .orderBy('depends_on_id')
    .execute();
}

async function readBlocks(scope: FactScope, ids: readonly string[]): Promise<readonly BlockFacts[]> {
  if (ids.length === 0) return [];
  const rows = await scope.tx
    .selectFrom('calendar_events')
    .select(['uid', 'task_id', 'start_at', 'end_at'])
    .where('user_id', '=', scope.userId)
    .where('deleted_at', 'is', null)
    .where('rrule', 'is', null)
    .where('task_id', 'in', ids)
    .where('end_at', '>', scope.now.toISOString())
    .orderBy('start_at')
    .orderBy('uid')
    .execute();
  return rows.flatMap(({ uid, task_id: taskId, start_at: start, end_at: end }) =>
    taskId === null ? [] : [{ uid, taskId, start, end }],
  );
}

/** All open work of the person, as far as one look takes it in: first that of the run's own projects, oldest first. */
export async function workloadFacts(scope: FactScope): Promise<WorkloadFacts> {
  const rows = await selectDetails(scope.tx, scope.userId)
    .where('status', 'in', ['pending', 'in_progress'])
    .orderBy(isNamed('project_id', scope), 'desc')
    .orderBy('created_at')
    .orderBy('id')
    .limit(factLimits.openTasks + 1)
    .execute();
  const tasks = rows.slice(0, factLimits.openTasks).map(toDetail);
  const ids = tasks.map((task) => task.id);
  return {
    projects: await readProjects(scope),
    tasks,
    dependencies: await readDependencies(scope, ids),
    blocks: await readBlocks(scope, ids),
    cut: rows.length > tasks.length,
  };
}
