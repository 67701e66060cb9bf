import { priorities } from '../../../src/contract/operations/base.ts';
import type { Work } from '../portfolio/portfolio.ts';

type Merged = Pick<Work, 'priority' | 'minutes' | 'dueMs'>;

function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** What a task takes over from those merged into it: the highest priority, the earliest deadline, the longest estimate. */
export function mergedFields(keep: Work, others: readonly Work[]): Merged {
  const all = [keep, ...others];
  const highest = Math.max(...all.map((task) => priorities.indexOf(task.priority)));
  const known = all.flatMap((task) => task.minutes ?? []);
  return {
    priority: priorities[highest] ?? keep.priority,
    minutes: known.length === 0 ? null : Math.max(...known),
    dueMs: earliest(all.map((task) => task.dueMs)),
  };
}
