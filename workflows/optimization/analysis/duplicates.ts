import { priorities } from '../../../src/contract/operations/base.ts';
import type { Work } from '../portfolio/portfolio.ts';
import type { Found } from './finding.ts';
import { titleOf } from './look.ts';
import type { Look } from './look.ts';
import { clusters, wordsOf } from './similar.ts';

// Three of four words in common. At 0.6 "Buy paint for the kitchen" met "Buy tiles for the kitchen".
const leastAlike = 0.7;

/** How much would be lost with a task: what was started, described and planned stays. */
function worth(task: Work, look: Look): number {
  const held = look.portfolio.blocks.some((block) => block.taskId === task.id) ? 4 : 0;
  const waiting = (look.next.get(task.id)?.length ?? 0) > 0 ? 2 : 0;
  const started = task.status === 'in_progress' ? 8 : 0;
  const known =
    (task.text === '' ? 0 : 1) +
    (task.minutes === null ? 0 : 1) +
    (task.dueMs === null ? 0 : 1) +
    (task.projectId === null ? 0 : 2);
  return started + held + waiting + known + priorities.indexOf(task.priority) / 10;
}

/** Whether one of two tasks is a part of the other, or waits for it: then they are two things, whatever they are called. */
function related(look: Look): (a: string, b: string) => boolean {
  const pairs = new Set(
    [
      ...look.portfolio.tasks.map((task) => [task.id, task.parentId ?? '']),
      ...look.portfolio.needs.map((need) => [need.taskId, need.dependsOnId]),
    ].flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]),
  );
  return (a, b) => pairs.has(`${a} ${b}`);
}

/** Tasks that say the same, in one project or across projects. The first is the one to keep. */
export function findDuplicates(look: Look): readonly Found[] {
  const named = look.portfolio.tasks.map((task) => ({ id: task.id, words: wordsOf(task.title) }));
  return clusters(named, leastAlike, related(look)).map(({ ids, least }) => {
    const tasks = ids.flatMap((id) => look.byId.get(id) ?? []);
    const sorted = tasks.toSorted((a, b) => worth(b, look) - worth(a, look) || a.createdMs - b.createdMs);
    const [keep, ...others] = sorted.map((task) => task.id);
    const across = new Set(tasks.map((task) => task.projectId)).size > 1;
    const same = least === 1;
    return {
      kind: 'duplicate',
      severity: same ? 'medium' : 'low',
      about: `${others.map((id) => titleOf(look, id)).join(', ')} ${others.length === 1 ? 'says' : 'say'} ${same ? 'the same as' : 'nearly the same as'} ${titleOf(look, keep ?? '')}${across ? ', in another project' : ''}.`,
      taskIds: sorted.map((task) => task.id),
      evidence: { similarity: Math.round(least * 100) / 100, across: across ? 'yes' : 'no', keep: keep ?? '' },
      remedies: ['merge', 'drop'],
    } satisfies Found;
  });
}
