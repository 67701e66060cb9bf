import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { ComputationContract } from '../../../src/schemas/workflow-contract.ts';
import { readPatterns } from '../outputs.ts';
import type { CalendarAnalysis } from '../contract.ts';
import { protectFocus } from './protect-focus.ts';
import { resolveConflicts } from './resolve-conflicts.ts';
import type { Arrangement } from './shapes.ts';

type Arrange = CalendarAnalysis['computations']['arrange'];

const dayMs = 86_400_000;
const farthestDays = 90;
const nothing: Arrangement = { moves: [], cancels: [], focus: [], shortWeeks: [], unsolved: [] };

function deadlinesOf(facts: FactSheet): ReadonlyMap<string, number> {
  const tasks = facts.workload?.tasks ?? [];
  return new Map(tasks.flatMap(({ id, deadline }) => (deadline === null ? [] : [[id, Date.parse(deadline)]])));
}

function arrangeWeeks(facts: FactSheet, tools: DraftTools): Arrangement {
  const { window, conflicts, weeks } = readPatterns(facts);
  const nowMs = Date.parse(facts.now);
  const days = Math.min(farthestDays, Math.floor((Date.parse(window.to) - nowMs) / dayMs));
  if (days < 1) return nothing;
  const { free, days: localDays } = tools.free({ fromMs: nowMs, days });
  const resolved = resolveConflicts(conflicts, { nowMs, free, deadlines: deadlinesOf(facts), tools });
  const wanted = facts.options['focusMinutesPerWeek'];
  const focus =
    typeof wanted === 'number'
      ? protectFocus(wanted, weeks, { free: resolved.free, days: localDays, tools })
      : { focus: [], shortWeeks: [] };
  const { moves, cancels, unsolved } = resolved;
  return { moves, cancels, unsolved, ...focus };
}

/** What of the coming calendar can be put right without a model. */
export const arrange: ComputationContract<Arrangement, Arrange['params'], Arrange['view']> = {
  facts: ['workload'],
  title: () => 'Look for conflicts to solve and focus time to keep',
  compute: (facts, _params, tools) => arrangeWeeks(facts, tools),
  reasoning: ({ moves, cancels, focus, unsolved }) =>
    [
      `${moves.length} to move, ${cancels.length} to cancel, ${focus.length} blocks of focus time.`,
      ...(unsolved.length === 0 ? [] : [`${unsolved.length} conflicts are between events that Steward may not move.`]),
    ].join('\n'),
  view: ({ moves, cancels, focus }) => ({ changes: moves.length + cancels.length + focus.length }),
};
