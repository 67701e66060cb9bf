import type { WorkloadContextFacts } from '../../../src/contract/facts/task-facts.ts';
import type { FactScope } from './scope.ts';

async function readCancelledNeeds({ tx, userId }: FactScope): Promise<WorkloadContextFacts['cancelledNeeds']> {
  return await tx
    .selectFrom('task_dependencies as edge')
    .innerJoin('tasks as waiting', 'waiting.id', 'edge.task_id')
    .innerJoin('tasks as needed', 'needed.id', 'edge.depends_on_id')
    .select(['edge.task_id as taskId', 'edge.depends_on_id as dependsOnId', 'edge.kind', 'needed.title'])
    .where('edge.user_id', '=', userId)
    .where('waiting.deleted_at', 'is', null)
    .where('waiting.status', 'in', ['pending', 'in_progress'])
    .where('needed.status', '=', 'cancelled')
    .orderBy('edge.task_id')
    .orderBy('edge.depends_on_id')
    .execute();
}

async function readPhases({ tx, userId }: FactScope): Promise<WorkloadContextFacts['phases']> {
  const rows = await tx
    .selectFrom('phases')
    .innerJoin('projects', 'projects.id', 'phases.project_id')

    .select(['phases.id', 'phases.project_id as projectId', 'phases.name', 'phases.order'])
    .select((row) =>
      row
        .selectFrom('phase_tasks as place')
        .innerJoin('tasks', 'tasks.id', 'place.task_id')
        .whereRef('place.phase_id', '=', 'phases.id')
        .where('tasks.deleted_at', 'is', null)
        .where('tasks.status', 'in', ['completed', 'cancelled'])
        .select((count) => count.fn.countAll().as('tasks'))
        .as('closedTasks'),
    )
    .where('projects.user_id', '=', userId)
    .where('projects.status', 'in', ['active', 'on_hold'])
    .orderBy('phases.project_id')
    .orderBy('phases.order')
    .orderBy('phases.id')
    .execute();
  return rows.map((row) => ({ ...row, closedTasks: Number(row.closedTasks) }));
}

async function countCompleted({ tx, userId }: FactScope): Promise<WorkloadContextFacts['completed']> {
  const rows = await tx
    .selectFrom('tasks')
    .select(['project_id as projectId'])
    .select((row) => row.fn.countAll().as('tasks'))
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .where('status', '=', 'completed')
    .where('project_id', 'is not', null)
    .groupBy('project_id')
    .orderBy('project_id')
    .execute();
  return rows.flatMap(({ projectId, tasks }) => (projectId === null ? [] : [{ projectId, tasks: Number(tasks) }]));
}

/** What the person's open work hangs on beside itself. */
export async function workloadContextFacts(scope: FactScope): Promise<WorkloadContextFacts> {
  return {
    cancelledNeeds: await readCancelledNeeds(scope),
    phases: await readPhases(scope),
    completed: await countCompleted(scope),
  };
}
