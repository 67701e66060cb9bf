import { priorities } from '../../../src/contract/operations/base.ts';
import type { Priority } from '../../../src/contract/operations/base.ts';
import { reach } from '../portfolio/graph.ts';
import type { Found } from './finding.ts';
import { titleOf } from './look.ts';
import type { Look } from './look.ts';

function rank(priority: Priority): number {
  return priorities.indexOf(priority);
}

/** Tasks that something at least two steps more urgent waits for, directly or through others. */
export function findInversions(look: Look): readonly Found[] {
  return look.portfolio.tasks.flatMap((task): Found[] => {
    const waiting = reach(task.id, look.next).flatMap((id) => look.byId.get(id) ?? []);
    const urgent = waiting.reduce<(typeof waiting)[number] | null>(
      (most, each) => (most === null || rank(each.priority) > rank(most.priority) ? each : most),
      null,
    );
    if (urgent === null || rank(urgent.priority) - rank(task.priority) < 2) return [];
    return [
      {
        kind: 'inversion',
        severity: urgent.priority === 'critical' ? 'high' : 'medium',
        about: `${titleOf(look, urgent.id)} (${urgent.priority}) waits for "${task.title}" (${task.priority}).`,
        taskIds: [task.id, urgent.id],
        evidence: { priority: task.priority, needed: urgent.priority, waiting: urgent.title },
        remedies: ['reprioritize', 'remove_dependency'],
      },
    ];
  });
}
