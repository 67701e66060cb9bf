import { dayMs } from '../portfolio/frame.ts';
import { count } from '../../shared/count.ts';
import type { Found } from './finding.ts';
import { couldEnd } from './look.ts';
import type { Look } from './look.ts';

const nearDays = 7;

/** Priorities that contradict deadlines: low though it is due soon, critical though it is never due. */
export function findPriorityContradictions(look: Look): readonly Found[] {
  const { nowMs } = look.frame;
  return look.portfolio.tasks.flatMap((task): Found[] => {
    if (task.priority === 'critical' && task.dueMs === null) {
      return [
        {
          kind: 'priority',
          severity: 'medium',
          about: `"${task.title}" is critical and has no deadline.`,
          taskIds: [task.id],
          evidence: { priority: task.priority, deadline: 'none', ...couldEnd(look, task.id) },
          remedies: ['reschedule', 'reprioritize'],
        },
      ];
    }
    // What is past its deadline is overdue, and that says more.
    if (task.priority !== 'low' || task.dueMs === null || task.dueMs < nowMs) return [];
    const days = Math.ceil((task.dueMs - nowMs) / dayMs);
    if (days > nearDays) return [];
    const today = look.date(task.dueMs) === look.date(nowMs);
    return [
      {
        kind: 'priority',
        severity: 'medium',
        about: `"${task.title}" has a low priority and is due ${today ? 'today' : `in ${count(days, 'day')}`}.`,
        taskIds: [task.id],
        evidence: { priority: task.priority, daysLeft: days, ...couldEnd(look, task.id) },
        remedies: ['reprioritize', 'reschedule'],
      },
    ];
  });
}
