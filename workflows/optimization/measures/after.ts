import type { DraftTools } from '../../../src/contract/facts.ts';
import type { Portfolio, Work } from '../portfolio/portfolio.ts';
import type { Change, Measure } from './measure.ts';
import { mergedFields } from './merged-fields.ts';

/** The id of a part that a split makes. */
export function partId(taskId: string, number: number, tools: Pick<DraftTools, 'newId'>): string {
  return tools.newId(`part/${taskId}/${number}`);
}

function changeTask(portfolio: Portfolio, id: string, changes: Partial<Work>): Portfolio {
  return { ...portfolio, tasks: portfolio.tasks.map((task) => (task.id === id ? { ...task, ...changes } : task)) };
}

/** Without tasks and all that hangs on them. */
function without(portfolio: Portfolio, gone: ReadonlySet<string>): Portfolio {
  return {
    ...portfolio,
    tasks: portfolio.tasks
      .filter((task) => !gone.has(task.id))
      .map((task) => (task.parentId !== null && gone.has(task.parentId) ? { ...task, parentId: null } : task)),
    needs: portfolio.needs.filter((need) => !gone.has(need.taskId) && !gone.has(need.dependsOnId)),
    cancelledNeeds: portfolio.cancelledNeeds.filter((need) => !gone.has(need.taskId)),
    blocks: portfolio.blocks.filter((block) => !gone.has(block.taskId)),
  };
}

function merge(portfolio: Portfolio, { taskId, others }: Extract<Change, { kind: 'merge' }>): Portfolio {
  const gone = new Set(others);
  const keep = portfolio.tasks.find((task) => task.id === taskId);
  if (keep === undefined) return portfolio;
  const instead = (id: string): string => (gone.has(id) ? taskId : id);
  const needs = portfolio.needs
    .map((need) => ({ ...need, taskId: instead(need.taskId), dependsOnId: instead(need.dependsOnId) }))
    .filter((need) => need.taskId !== need.dependsOnId);
  const moved = {
    ...portfolio,
    needs: needs.filter(
      (need, index) =>
        needs.findIndex((other) => other.taskId === need.taskId && other.dependsOnId === need.dependsOnId) === index,
    ),
    blocks: portfolio.blocks.map((block) => ({ ...block, taskId: instead(block.taskId) })),
    tasks: portfolio.tasks.map((task) =>
      task.parentId !== null && gone.has(task.parentId) && task.id !== taskId ? { ...task, parentId: taskId } : task,
    ),
  };
  const tasks = portfolio.tasks.filter((task) => gone.has(task.id));
  return changeTask(without(moved, gone), taskId, mergedFields(keep, tasks));
}

function split(portfolio: Portfolio, change: Extract<Change, { kind: 'split' }>, tools: DraftTools): Portfolio {
  const whole = portfolio.tasks.find((task) => task.id === change.taskId);
  if (whole === undefined) return portfolio;
  const parts = change.parts.map(({ title, minutes }, index) => ({
    ...whole,
    id: partId(whole.id, index + 1, tools),
    title,
    text: '',
    steps: null,
    status: 'pending',
    minutes,
    // The whole carries the deadline, of before or a new one.
    dueMs: null,
    parentId: whole.id,
  }));
  return { ...portfolio, tasks: [...portfolio.tasks, ...parts] };
}

function reschedule(
  portfolio: Portfolio,
  change: Extract<Change, { kind: 'reschedule' }>,
  tools: DraftTools,
): Portfolio {
  const { taskId, start, deadline } = change;
  return changeTask(portfolio, taskId, {
    ...(start === null ? {} : { startMs: tools.instant({ date: start, time: '00:00' }) }),
    ...(deadline === null ? {} : { dueMs: tools.instant({ date: deadline, time: '23:59' }) }),
  });
}

function closeProject(
  portfolio: Portfolio,
  { projectId, status }: Extract<Change, { kind: 'close_project' }>,
): Portfolio {
  return {
    ...portfolio,
    projects:
      status === 'on_hold'
        ? portfolio.projects.map((project) => (project.id === projectId ? { ...project, status } : project))
        : portfolio.projects.filter((project) => project.id !== projectId),
  };
}

function removeNeed(
  portfolio: Portfolio,
  { taskId, dependsOnId }: Extract<Change, { kind: 'remove_dependency' }>,
): Portfolio {
  const other = (need: { readonly taskId: string; readonly dependsOnId: string }): boolean =>
    need.taskId !== taskId || need.dependsOnId !== dependsOnId;
  return {
    ...portfolio,
    needs: portfolio.needs.filter(other),
    cancelledNeeds: portfolio.cancelledNeeds.filter(other),
  };
}

function changeOne(portfolio: Portfolio, change: Change, tools: DraftTools): Portfolio {
  switch (change.kind) {
    case 'merge':
      return merge(portfolio, change);
    case 'drop':
      return without(portfolio, new Set([change.taskId]));
    case 'split':
      return split(portfolio, change, tools);
    case 'move':
      return changeTask(portfolio, change.taskId, { projectId: change.projectId, phaseId: change.phaseId });
    case 'reschedule':
      return reschedule(portfolio, change, tools);
    case 'move_blocks':
      // The scheduler places the work anew, in time that is free now: what its blocks hold stays held until they move.
      return { ...portfolio, blocks: portfolio.blocks.filter((block) => block.taskId !== change.taskId) };
    case 'reprioritize':
      return changeTask(portfolio, change.taskId, { priority: change.priority });
    case 'estimate':
      return changeTask(portfolio, change.taskId, { minutes: change.minutes });
    case 'add_dependency':
      return { ...portfolio, needs: [...portfolio.needs, { ...change, kind: 'hard' }] };
    case 'remove_dependency':
      return removeNeed(portfolio, change);
    case 'extend_project': {
      const endMs = tools.instant({ date: change.deadline, time: '23:59' });
      const projects = portfolio.projects.map((each) => (each.id === change.projectId ? { ...each, endMs } : each));
      return { ...portfolio, projects };
    }
    case 'close_project':
      return closeProject(portfolio, change);
  }
}

/** The portfolio as it would be with all of the measures done. */
export function portfolioAfter(portfolio: Portfolio, measures: readonly Measure[], tools: DraftTools): Portfolio {
  return measures.reduce((so, measure) => changeOne(so, measure, tools), portfolio);
}
