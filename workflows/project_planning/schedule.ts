import type { DraftTools, FactSheet } from '../../src/contract/facts.ts';
import type { ScheduleDependency } from '../../src/contract/scheduling/schedule.ts';
import { scheduleWork, shortestSittingMinutes } from '../shared/schedule.ts';
import type { PlannedSchedule, Work } from '../shared/schedule.ts';
import type { PlannedTask } from './contract.ts';
import { readAnalysis, readOrdering, readTasks } from './outputs.ts';

const defaultHorizonDays = 120;
const workdaysPerWeek = 5;

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
  readonly projectEndMs: number | null;
  readonly priorities: ReadonlyMap<string, PlannedTask['priority']>;
};

function toWork(task: PlannedTask, bounds: Bounds, tools: DraftTools): Work {
  return {
    key: task.key,
    title: task.title,
    durationMinutes: task.durationMinutes,
    priority: bounds.priorities.get(task.key) ?? task.priority,
    earliestStartMs: startOfDay(task.earliestStart, tools),
    deadlineMs: earlier(endOfDay(task.deadline, tools), bounds.projectEndMs),
  };
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
  const bounds = {
    projectEndMs: endOfDay(deadline, tools),
    priorities: new Map(priorities.map((each) => [each.task, each.priority])),
  };
  const setting = {
    dependencies: [
      ...dependencies.map(({ task, dependsOn, kind }) => ({ task, dependsOn, kind })),
      ...phaseOrder(facts),
    ],
    startMs,
    horizonDays,
    dailyFocusMinutes: focusOf(hoursPerWeek),
  };
  return scheduleWork(
    planned.map((task) => toWork(task, bounds, tools)),
    setting,
    tools,
  );
}
