import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import { scheduleWork } from '../../shared/schedule.ts';
import type { PlannedSchedule } from '../../shared/schedule.ts';
import { readLimits, readOrder, readParts, readTarget } from '../outputs.ts';

/** The leaves in the person's free time, or null when nobody asked for that. The task's own deadline holds for each. */
export function scheduleParts(facts: FactSheet, tools: DraftTools): PlannedSchedule | null {
  if (facts.options['schedule'] !== true) return null;
  const { task } = readTarget(facts);
  const deadlineMs = typeof task?.deadline === 'string' ? Date.parse(task.deadline) : null;
  const startMs = Date.parse(facts.now);
  const work = readParts(facts).leaves.map(({ key, title, minutes }) => ({
    key,
    title,
    durationMinutes: minutes.likely,
    priority: task?.priority ?? 'medium',
    earliestStartMs: null,
    // A deadline that is over would keep everything out.
    deadlineMs: deadlineMs !== null && deadlineMs > startMs ? deadlineMs : null,
  }));
  const dependencies = readOrder(facts).map(({ task, dependsOn, kind }) => ({ task, dependsOn, kind }));
  const { horizonDays } = readLimits(facts);
  return scheduleWork(work, { dependencies, startMs, horizonDays, dailyFocusMinutes: null }, tools);
}
