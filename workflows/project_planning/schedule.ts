import type { DraftTools, FactSheet } from '../../src/contract/facts.ts';
import type { ScheduledBlock, ScheduleDependency, ScheduleResult, ScheduleTask } from '../../src/contract/schedule.ts';
import type { PlannedTask } from './contract.ts';
import { readAnalysis, readOrdering, readTasks } from './outputs.ts';

const defaultHorizonDays = 120;
const workdaysPerWeek = 5;
// Longer work is split into sittings of at least half an hour; shorter work is done in one.
const splitFromMinutes = 120;
const shortestSittingMinutes = 30;
const dayMs = 86_400_000;

export type PlannedSchedule = {
  readonly result: ScheduleResult;
  readonly titles: ReadonlyMap<string, string>;
  readonly blocksOf: ReadonlyMap<string, readonly ScheduledBlock[]>;
  readonly startMs: number;
  readonly horizonEndMs: number;
};

function endOfDay(date: string | null, tools: DraftTools): number | null {
  return date === null ? null : tools.instant({ date, time: '23:59' });
}

function startOfDay(date: string | null, tools: DraftTools): number | null {
  return date === null ? null : tools.instant({ date, time: '00:00' });
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

type Bounds = {
  /** Longer work is split into several sittings. */
  readonly longestSittingMinutes: number;
  readonly projectEndMs: number | null;
  readonly priorities: ReadonlyMap<string, PlannedTask['priority']>;
};

function toScheduleTask(task: PlannedTask, bounds: Bounds, tools: DraftTools): ScheduleTask {
  return {
    key: task.key,
    title: task.title,
    durationMinutes: task.durationMinutes,
    priority: bounds.priorities.get(task.key) ?? task.priority,
    earliestStartMs: startOfDay(task.earliestStart, tools),
    deadlineMs: earlier(endOfDay(task.deadline, tools), bounds.projectEndMs),
    splittable: task.durationMinutes > bounds.longestSittingMinutes,
    minBlockMinutes: shortestSittingMinutes,
  };
}

function blocksByTask(blocks: readonly ScheduledBlock[]): ReadonlyMap<string, readonly ScheduledBlock[]> {
  const byTask = new Map<string, ScheduledBlock[]>();
  for (const block of blocks) byTask.set(block.task, [...(byTask.get(block.task) ?? []), block]);
  return byTask;
}

function focusOf(hoursPerWeek: number | null): number | null {
  if (hoursPerWeek === null) return null;
  return Math.max(shortestSittingMinutes, Math.round((hoursPerWeek * 60) / workdaysPerWeek));
}

/** A phase's work comes after that of the phase before it, where no deadline speaks against it. */
function phaseOrder(facts: FactSheet): readonly ScheduleDependency[] {
  const phases = readTasks(facts);
  const phaseOf = new Map(phases.flatMap((phase, index) => phase.tasks.map((task) => [task.key, index])));
  const at = (key: string): number => phaseOf.get(key) ?? 0;
  // Work that waits for a later phase says that the phases overlap: their order would then make a circle.
  if (readOrdering(facts).dependencies.some(({ task, dependsOn }) => at(task) < at(dependsOn))) return [];
  return phases.flatMap((phase, index) =>
    phase.tasks.flatMap(({ key: task }) =>
      (phases[index - 1]?.tasks ?? []).map(({ key: dependsOn }) => ({ task, dependsOn, kind: 'soft' as const })),
    ),
  );
}

/** Places every task into the person's free time; what does not fit is explained in the result. */
export function planSchedule(facts: FactSheet, tools: DraftTools): PlannedSchedule {
  const { startDate, deadline, hoursPerWeek } = readAnalysis(facts);
  const { dependencies, priorities } = readOrdering(facts);
  const planned = readTasks(facts).flatMap((phase) => phase.tasks);
  const horizonDays =
    typeof facts.options['horizonDays'] === 'number' ? facts.options['horizonDays'] : defaultHorizonDays;
  const startMs = Math.max(Date.parse(facts.now), startOfDay(startDate, tools) ?? 0);
  const dailyFocusMinutes = focusOf(hoursPerWeek);
  const bounds = {
    longestSittingMinutes: Math.min(splitFromMinutes, dailyFocusMinutes ?? splitFromMinutes),
    projectEndMs: endOfDay(deadline, tools),
    priorities: new Map(priorities.map((each) => [each.task, each.priority])),
  };
  const horizonEndMs = startMs + horizonDays * dayMs;
  const result = tools.schedule({
    tasks: planned.map((task) => toScheduleTask(task, bounds, tools)),
    dependencies: [
      ...dependencies.map(({ task, dependsOn, kind }) => ({ task, dependsOn, kind })),
      ...phaseOrder(facts),
    ],
    ...tools.free({ fromMs: startMs, days: horizonDays }),
    dailyFocusMinutes,
    bufferMinutes: 0,
    horizonEndMs,
  });
  const blocksOf = blocksByTask(result.blocks);
  return { result, blocksOf, startMs, horizonEndMs, titles: new Map(planned.map((task) => [task.key, task.title])) };
}
