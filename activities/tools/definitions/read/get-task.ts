import { z } from 'zod';
import { StewardError } from '../../../../src/contract/errors.ts';
import { selectDetails, toDetail } from '../../../support/facts/task-detail.ts';
import { assertOfProject } from '../../scope.ts';
import { defineTool } from '../../tool.ts';

const short = ['id', 'title', 'status'] as const;

export const getTask = defineTool({
  name: 'get_task',
  description: 'One task whole: its text and steps, its subtasks, what it depends on and what depends on it.',
  access: 'read',
  policy: 'auto',
  reads: ['task'],
  parameters: z.strictObject({ taskId: z.uuid() }),
  run: async ({ tx, userId, scope }, { taskId }) => {
    const row = await selectDetails(tx, userId).where('id', '=', taskId).executeTakeFirst();
    if (row === undefined) throw new StewardError('not_found', `There is no task ${taskId}.`);
    assertOfProject(scope, row);
    const { projectId } = scope;
    const mine = tx.selectFrom('tasks').select(short).where('user_id', '=', userId).where('deleted_at', 'is', null);
    const subtasks = await mine
      .where('parent_task_id', '=', taskId)
      .$if(projectId !== null, (of) => of.where('project_id', '=', projectId))
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    const linked = tx
      .selectFrom('task_dependencies as link')
      .where('link.user_id', '=', userId)
      .orderBy('link.created_at');
    const dependsOn = await linked
      .innerJoin('tasks', 'tasks.id', 'link.depends_on_id')
      .select(['tasks.id', 'tasks.title', 'tasks.status', 'link.kind'])
      .where('link.task_id', '=', taskId)
      .where('tasks.deleted_at', 'is', null)
      .$if(projectId !== null, (of) => of.where('tasks.project_id', '=', projectId))
      .execute();
    const neededBy = await linked
      .innerJoin('tasks', 'tasks.id', 'link.task_id')
      .select(['tasks.id', 'tasks.title', 'tasks.status', 'link.kind'])
      .where('link.depends_on_id', '=', taskId)
      .where('tasks.deleted_at', 'is', null)
      .$if(projectId !== null, (of) => of.where('tasks.project_id', '=', projectId))
      .execute();
    return { ...toDetail(row), subtasks, dependsOn, neededBy };
  },
});
