import { dayMs } from '../portfolio/frame.ts';
import { longestPath, reach } from '../portfolio/graph.ts';
import type { Work } from '../portfolio/portfolio.ts';
import { count } from '../../shared/count.ts';
import type { Found } from './finding.ts';
import { titleOf } from './look.ts';
import type { Look } from './look.ts';

/** What is wrong with a task that others wait for, or null where it is in order. */
function troubleOf(task: Work, look: Look): string | null {
  const { nowMs } = look.frame;
  if (task.dueMs !== null && task.dueMs < nowMs) return 'is overdue';
  if (look.portfolio.cancelledNeeds.some((need) => need.taskId === task.id && need.kind === 'hard'))
    return 'waits for something that was cancelled';
  if (look.projection.unplaced.has(task.id)) return 'has no place in the free time';
  if (look.late.some((late) => late.taskId === task.id)) return "can't be done in time";
  if (nowMs - task.updatedMs > look.staleDays * dayMs) return `was not touched for ${look.staleDays} days`;
  return null;
}

/** Tasks that nothing open holds up and that hold others up while they are in trouble: the roots of blocked chains. */
export function findBlocked(look: Look): readonly Found[] {
  const waiting = new Set(look.portfolio.needs.filter((need) => need.kind === 'hard').map((need) => need.taskId));
  return look.portfolio.tasks.flatMap((task): Found[] => {
    if (waiting.has(task.id)) return [];
    const blocked = reach(task.id, look.next);
    const trouble = blocked.length === 0 ? null : troubleOf(task, look);
    if (trouble === null) return [];
    const chain = longestPath([task.id], look.next);
    const path = chain.map((id) => titleOf(look, id)).join(' → ');
    return [
      {
        kind: 'blocked',
        severity: blocked.length >= 3 || chain.length >= 4 ? 'high' : 'medium',
        about: `${count(blocked.length, 'task waits', 'tasks wait')} for "${task.title}", which ${trouble}. Longest chain: ${path}.`,
        taskIds: [task.id, ...blocked],
        evidence: { blockedTasks: blocked.length, chainLength: chain.length, chain, rootCause: trouble },
        remedies: ['reprioritize', 'reschedule', 'remove_dependency', 'split'],
      },
    ];
  });
}
