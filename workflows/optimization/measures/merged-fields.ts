import { priorities } from '../../../src/contract/operations/base.ts';
import type { Work } from '../portfolio/portfolio.ts';

type Merged = Pick<Work, 'priority' | 'minutes' | 'dueMs'>;

/**
 * What a task takes over from those merged into it: the highest priority and the longest estimate; its own deadline stays,
 * and where it has none, the latest of theirs holds (an earlier one may be past, and a merge is no reason to be late).
 */
export function mergedFields(keep: Work, others: readonly Work[]): Merged {
  const all = [keep, ...others];
  const highest = Math.max(...all.map((task) => priorities.indexOf(task.priority)));
  const known = all.flatMap((task) => task.minutes ?? []);
  const dues = others.flatMap((task) => task.dueMs ?? []);
  return {
    priority: priorities[highest] ?? keep.priority,
    minutes: known.length === 0 ? null : Math.max(...known),
    dueMs: keep.dueMs ?? (dues.length === 0 ? null : Math.max(...dues)),
  };
}
