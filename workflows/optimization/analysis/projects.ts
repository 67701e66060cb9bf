import { dayMs } from '../portfolio/frame.ts';
import { count } from '../../shared/count.ts';
import type { Found } from './finding.ts';
import type { Look } from './look.ts';

/** Projects that are open past their own end. */
export function findProjectsOver(look: Look): readonly Found[] {
  return look.portfolio.projects.flatMap((project): Found[] => {
    if (project.status !== 'active' || project.endMs === null || project.endMs >= look.frame.nowMs) return [];
    const open = look.portfolio.tasks.filter((task) => task.projectId === project.id);
    if (open.length === 0) return [];
    const ends = open.flatMap((task) => look.projection.endMs.get(task.id) ?? []);
    const days = Math.max(1, Math.floor((look.frame.nowMs - project.endMs) / dayMs));
    return [
      {
        kind: 'project_over',
        severity: 'medium',
        about: `The project "${project.name}" ended ${count(days, 'day')} ago with ${count(open.length, 'task')} open.`,
        taskIds: open.map((task) => task.id),
        projectIds: [project.id],
        evidence: {
          ended: look.date(project.endMs),
          openTasks: open.length,
          ...(ends.length === open.length ? { couldEnd: look.date(Math.max(...ends)) } : {}),
        },
        remedies: ['extend_project', 'close_project', 'move'],
      },
    ];
  });
}

/** Active projects in which nothing is left to do. */
export function findEmptyProjects(look: Look): readonly Found[] {
  return look.portfolio.projects.flatMap((project): Found[] => {
    if (project.status !== 'active' || look.portfolio.tasks.some((task) => task.projectId === project.id)) return [];
    const done = project.completedTasks;
    return [
      {
        kind: 'empty_project',
        severity: 'low',
        about: `The active project "${project.name}" has no open tasks${done === 0 ? ' and never had a completed one' : `; ${count(done, 'is', 'are')} completed`}.`,
        taskIds: [],
        projectIds: [project.id],
        evidence: { completedTasks: done },
        remedies: ['close_project'],
      },
    ];
  });
}
