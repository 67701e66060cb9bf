import { dayMs } from '../portfolio/frame.ts';
import { count } from '../../shared/count.ts';
import type { Found } from './finding.ts';
import { couldEnd } from './look.ts';
import type { Look } from './look.ts';

/** Tasks whose deadline is past. */
export function findOverdue(look: Look): readonly Found[] {
  const { nowMs } = look.frame;
  return look.portfolio.tasks.flatMap((task): Found[] => {
    if (task.dueMs === null || task.dueMs >= nowMs) return [];
    const days = Math.max(1, Math.floor((nowMs - task.dueMs) / dayMs));
    const urgent = task.priority === 'high' || task.priority === 'critical';
    return [
      {
        kind: 'overdue',
        severity: urgent ? 'high' : 'medium',
        about: `"${task.title}" is ${count(days, 'day')} past its deadline.`,
        taskIds: [task.id],
        evidence: {
          deadline: look.date(task.dueMs),
          daysOverdue: days,
          daysUntouched: Math.max(0, Math.floor((nowMs - task.updatedMs) / dayMs)),
          ...couldEnd(look, task.id),
        },
        remedies: ['reschedule', 'reprioritize', 'split', 'drop'],
      },
    ];
  });
}
