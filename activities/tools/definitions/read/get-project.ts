import { z } from 'zod';
import { StewardError } from '../../../../src/contract/errors.ts';
import { cut, factLimits } from '../../../support/facts/limits.ts';
import { projectWithin } from '../../scope.ts';
import { defineTool } from '../../tool.ts';

export const getProject = defineTool({
  name: 'get_project',
  description: 'One project with its phases in order, and how many of its tasks are in which status.',
  access: 'read',
  policy: 'auto',
  reads: ['project'],
  parameters: z.strictObject({ projectId: z.uuid() }),
  run: async ({ tx, userId, scope }, { projectId }) => {
    projectWithin(scope, projectId);
    const project = await tx
      .selectFrom('projects')
      .select(['id', 'name', 'description', 'context', 'executive_summary', 'status', 'start_date', 'end_date'])
      .where('user_id', '=', userId)
      .where('id', '=', projectId)
      .executeTakeFirst();
    if (project === undefined) throw new StewardError('not_found', `There is no project ${projectId}.`);
    const phases = await tx
      .selectFrom('phases')
      .select(['id', 'name', 'description', 'start_date', 'end_date'])
      .where('user_id', '=', userId)
      .where('project_id', '=', projectId)
      .orderBy('order')
      .orderBy('id')
      .execute();
    const tasks = await tx
      .selectFrom('tasks')
      .select((row) => ['status', row.fn.countAll<string>().as('count')])
      .where('user_id', '=', userId)
      .where('project_id', '=', projectId)
      .where('deleted_at', 'is', null)
      .groupBy('status')
      .execute();
    return {
      ...project,
      description: cut(project.description, factLimits.taskChars),
      context: cut(project.context, factLimits.taskChars),
      executive_summary: cut(project.executive_summary, factLimits.taskChars),
      phases,
      tasks: scope.kinds.includes('task')
        ? Object.fromEntries(tasks.map(({ status, count }) => [status, Number(count)]))
        : null,
    };
  },
});
