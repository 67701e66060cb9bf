import type { Found } from './finding.ts';
import { titleOf } from './look.ts';
import type { Look } from './look.ts';

/** Tasks that wait for something cancelled: they would wait for ever. */
export function findCancelledNeeds(look: Look): readonly Found[] {
  return look.portfolio.cancelledNeeds.map(({ taskId, dependsOnId, kind, title }) => ({
    kind: 'cancelled_need',
    severity: kind === 'hard' ? 'high' : 'low',
    about: `${titleOf(look, taskId)} waits for "${title}", which was cancelled.`,
    taskIds: [taskId],
    evidence: { dependsOnId, dependsOn: title, dependencyKind: kind },
    remedies: ['remove_dependency', 'drop'],
  }));
}
