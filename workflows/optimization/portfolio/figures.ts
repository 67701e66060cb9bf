import type { Figures } from '../contract.ts';
import { dateOf, minuteMs, mondayOf } from './frame.ts';
import type { Frame } from './frame.ts';
import { longestPath, parentIds, waitingFor } from './graph.ts';
import type { Portfolio } from './portfolio.ts';
import { dueOf, remainingMinutes } from './project-work.ts';
import type { Projection } from './project-work.ts';

export type WeekLoad = {
  /** Its Monday. */
  readonly week: string;
  readonly dueMinutes: number;
  readonly plannedMinutes: number;
  readonly freeMinutes: number;
  /** Tasks whose deadline lies in it; what is overdue is due at once. */
  readonly taskIds: readonly string[];
};

type Measured = { readonly portfolio: Portfolio; readonly frame: Frame; readonly projection: Projection };

function minutesIn(pieces: readonly { readonly startMs: number; readonly endMs: number }[]): number {
  return pieces.reduce((sum, piece) => sum + (piece.endMs - piece.startMs) / minuteMs, 0);
}

/** Due, planned and free minutes of each week of the frame. */
export function weekLoads({ portfolio, frame, projection }: Measured): readonly WeekLoad[] {
  const weekOf = (ms: number): string => mondayOf(dateOf(ms, frame));
  const weeks = [...new Set(frame.days.map((day) => mondayOf(day.dayKey)))];
  const byId = new Map(portfolio.tasks.map((task) => [task.id, task]));
  const parents = parentIds(portfolio.tasks);
  const due = portfolio.tasks
    .filter((task) => !parents.has(task.id))
    .flatMap((task) => {
      const dueMs = dueOf(task, byId);
      const minutes = remainingMinutes(task, portfolio);
      return dueMs === null || dueMs > frame.horizonEndMs || minutes === 0
        ? []
        : [{ id: task.id, minutes, week: weekOf(Math.max(dueMs, frame.nowMs)) }];
    });
  const planned = [...portfolio.blocks, ...projection.blocks];
  return weeks.map((week) => {
    const own = due.filter((each) => each.week === week);
    return {
      week,
      dueMinutes: own.reduce((sum, each) => sum + each.minutes, 0),
      plannedMinutes: minutesIn(planned.filter((block) => weekOf(block.startMs) === week)),
      freeMinutes: minutesIn(frame.free.filter((window) => weekOf(window.startMs) === week)),
      taskIds: own.map((each) => each.id),
    };
  });
}

export type Late = { readonly taskId: string; readonly dueMs: number; readonly lateMs: number };

/** Tasks that end after their deadline; what has no place before the horizon is late at least until then. */
export function lateTasks(
  { portfolio, frame, projection }: Measured,
  deadlines: ReadonlyMap<string, number | null> = new Map(portfolio.tasks.map((task) => [task.id, task.dueMs])),
): readonly Late[] {
  return portfolio.tasks.flatMap(({ id }) => {
    const dueMs = deadlines.get(id) ?? null;
    const endMs = projection.endMs.get(id) ?? frame.horizonEndMs;
    return dueMs === null || endMs <= dueMs ? [] : [{ taskId: id, dueMs, lateMs: endMs - dueMs }];
  });
}

export function hours(minutes: number): number {
  return Math.round(minutes / 6) / 10;
}

/** Hours late, of all late tasks together. */
export function latenessHours(late: readonly Late[]): number {
  return hours(late.reduce((sum, each) => sum + each.lateMs, 0) / minuteMs);
}

/** The portfolio in figures. */
export function figuresOf(measured: Measured): Figures {
  const { portfolio, projection } = measured;
  const late = lateTasks(measured);
  const weeks = weekLoads(measured);
  const next = waitingFor(portfolio);
  return {
    // A split makes several of one: what is to be done did not grow by it.
    openTasks: portfolio.tasks.filter((task) => task.parentId === null).length,
    lateTasks: late.length,
    latenessHours: latenessHours(late),
    unplacedTasks: projection.unplaced.size,
    overloadedWeeks: weeks.filter((week) => week.dueMinutes > week.freeMinutes).length,
    longestChain: longestPath(
      portfolio.tasks.map((task) => task.id),
      next,
    ).length,
    weeks: weeks.map((week) => ({
      week: week.week,
      due: hours(week.dueMinutes),
      planned: hours(week.plannedMinutes),
      free: hours(week.freeMinutes),
    })),
  };
}
