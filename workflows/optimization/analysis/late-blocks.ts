import { dueOf } from '../portfolio/project-work.ts';
import { count } from '../../shared/count.ts';
import type { Found } from './finding.ts';
import type { Look } from './look.ts';

/** Tasks whose calendar blocks lie after their deadline. */
export function findLateBlocks(look: Look): readonly Found[] {
  return look.portfolio.tasks.flatMap((task): Found[] => {
    const dueMs = dueOf(task, look.byId);
    if (dueMs === null || dueMs < look.frame.nowMs) return [];
    const late = look.portfolio.blocks.filter((block) => block.taskId === task.id && block.endMs > dueMs);
    const last = late.at(-1);
    if (last === undefined) return [];
    return [
      {
        kind: 'late_block',
        severity: 'high',
        about: `${count(late.length, 'calendar block')} of "${task.title}" ${late.length === 1 ? 'lies' : 'lie'} after its deadline ${look.date(dueMs)}.`,
        taskIds: [task.id],
        evidence: { deadline: look.date(dueMs), couldEnd: look.date(last.endMs), blocks: late.length },
        remedies: ['move_blocks', 'reschedule'],
      },
    ];
  });
}
