import { hours } from '../portfolio/figures.ts';
import { minuteMs } from '../portfolio/frame.ts';
import type { Found } from './finding.ts';
import { couldEnd } from './look.ts';
import type { Look } from './look.ts';

/** Tasks that are not late yet, and that no order of the work gets done in time. */
export function findAtRisk(look: Look): readonly Found[] {
  return look.late.flatMap(({ taskId, dueMs, lateMs }): Found[] => {
    const task = look.byId.get(taskId);
    if (task === undefined || dueMs < look.frame.nowMs) return [];
    const late = hours(lateMs / minuteMs);
    const known = look.projection.endMs.has(taskId);
    return [
      {
        kind: 'at_risk',
        severity: task.priority === 'low' ? 'low' : task.priority === 'medium' ? 'medium' : 'high',
        about: known
          ? `"${task.title}" can't be done by its deadline ${look.date(dueMs)}: by the free time there is it ends ${late} h late.`
          : `"${task.title}" has no place in the free time before the horizon, though it is due ${look.date(dueMs)}.`,
        taskIds: [taskId],
        evidence: { deadline: look.date(dueMs), hoursLate: late, ...couldEnd(look, taskId) },
        remedies: ['reschedule', 'reprioritize', 'split', 'drop'],
      },
    ];
  });
}
