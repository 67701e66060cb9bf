import { hours } from '../portfolio/figures.ts';
import type { Found } from './finding.ts';
import type { Look } from './look.ts';

/** Tasks without subtasks that are too long to be one task. */
export function findOversized(look: Look): readonly Found[] {
  return look.portfolio.tasks.flatMap((task): Found[] => {
    if (task.minutes === null || task.minutes <= look.maxTaskMinutes || look.parents.has(task.id)) return [];
    return [
      {
        kind: 'oversized',
        severity: task.minutes > look.maxTaskMinutes * 2 ? 'medium' : 'low',
        about: `"${task.title}" takes ${hours(task.minutes)} h and has no subtasks.`,
        taskIds: [task.id],
        evidence: { hours: hours(task.minutes), limitHours: hours(look.maxTaskMinutes) },
        remedies: ['split', 'estimate'],
      },
    ];
  });
}

/** Tasks of which nobody said how long they take. */
export function findUnplanned(look: Look): readonly Found[] {
  return look.portfolio.tasks.flatMap((task): Found[] => {
    if (task.minutes !== null || look.parents.has(task.id)) return [];
    return [
      {
        kind: 'unplanned',
        severity: task.dueMs === null ? 'low' : 'medium',
        about: `Nobody said how long "${task.title}" takes.`,
        taskIds: [task.id],
        evidence: task.dueMs === null ? {} : { deadline: look.date(task.dueMs) },
        remedies: ['estimate', 'split', 'drop'],
      },
    ];
  });
}
