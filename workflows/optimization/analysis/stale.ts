import { dayMs } from '../portfolio/frame.ts';
import type { Found } from './finding.ts';
import type { Look } from './look.ts';

/** Tasks that nobody touched for long and that no calendar block holds. */
export function findStale(look: Look): readonly Found[] {
  const held = new Set(look.portfolio.blocks.map((block) => block.taskId));
  const waiting = new Set(look.portfolio.needs.map((need) => need.taskId));
  return look.portfolio.tasks.flatMap((task): Found[] => {
    const days = Math.floor((look.frame.nowMs - task.updatedMs) / dayMs);
    // What is planned or waits its turn is quiet for a reason.
    if (days < look.staleDays || held.has(task.id) || waiting.has(task.id)) return [];
    if (task.startMs !== null && task.startMs > look.frame.nowMs) return [];
    return [
      {
        kind: 'stale',
        severity: days >= look.staleDays * 3 ? 'medium' : 'low',
        about: `"${task.title}" was not touched for ${days} days.`,
        taskIds: [task.id],
        evidence: { daysUntouched: days, status: task.status, waitingFor: look.next.get(task.id)?.length ?? 0 },
        remedies: ['drop', 'reprioritize', 'reschedule', 'merge'],
      },
    ];
  });
}
