import type { DraftTools } from '../../../src/contract/facts.ts';
import type { ScheduledBlock, ScheduleDependency, ScheduleTask } from '../../../src/contract/scheduling/schedule.ts';
import { dayMs, minuteMs } from './frame.ts';
import type { Frame } from './frame.ts';
import { leavesOf } from './graph.ts';
import type { Portfolio, Work } from './portfolio.ts';

/** What stands for a length that nobody gave. */
const assumedMinutes = 60;
const splitFromMinutes = 120;
const shortestSittingMinutes = 30;
// What can't be done in time is tried a week late, a month late, and then at any time: without any deadline the scheduler
// would put it behind all work that has one.
const graceMs = [0, 7 * dayMs, 30 * dayMs] as const;
const passes = 5;

/** When open work would be done, by the scheduler, in the free time of the frame. */
export type Projection = {
  /** End of each task; of a task with parts that of its last. Missing where it has no place before the horizon. */
  readonly endMs: ReadonlyMap<string, number>;
  readonly unplaced: ReadonlySet<string>;
  readonly blocks: readonly ScheduledBlock[];
};

/** Minutes of a task that no calendar block holds yet. */
export function remainingMinutes(task: Work, portfolio: Portfolio): number {
  const held = portfolio.blocks
    .filter((block) => block.taskId === task.id)
    .reduce((sum, block) => sum + (block.endMs - block.startMs) / minuteMs, 0);
  return Math.max(0, Math.round((task.minutes ?? assumedMinutes) - held));
}

/** A task's deadline: its own or the nearest of those it is a part of. */
export function dueOf(task: Work, byId: ReadonlyMap<string, Work>): number | null {
  let due = task.dueMs;
  const seen = new Set<string>();
  for (let at: Work | undefined = task; at !== undefined && !seen.has(at.id); at = byId.get(at.parentId ?? '')) {
    seen.add(at.id);
    if (at.dueMs !== null && (due === null || at.dueMs < due)) due = at.dueMs;
  }
  return due;
}

type Setting = {
  readonly portfolio: Portfolio;
  readonly byId: ReadonlyMap<string, Work>;
  readonly leaves: ReadonlyMap<string, readonly string[]>;
  readonly heldUntilMs: ReadonlyMap<string, number>;
  readonly nowMs: number;
};

function lastBlocks({ blocks }: Portfolio): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { taskId, endMs } of blocks) last.set(taskId, Math.max(endMs, last.get(taskId) ?? endMs));
  return last;
}

function schedulable(setting: Setting): readonly Work[] {
  const { portfolio, leaves } = setting;
  return portfolio.tasks.filter((task) => {
    const isLeaf = (leaves.get(task.id) ?? []).length === 1 && leaves.get(task.id)?.[0] === task.id;
    return isLeaf && remainingMinutes(task, portfolio) > 0;
  });
}

// What a task waits for and needs no further time ends with its last block.
function earliestOf(task: Work, setting: Setting): number | null {
  const held = setting.portfolio.needs
    .filter((need) => need.taskId === task.id && need.kind === 'hard')
    .flatMap((need) => setting.leaves.get(need.dependsOnId) ?? [])
    .flatMap((id) => setting.heldUntilMs.get(id) ?? []);
  const starts = [...held, ...(task.startMs === null ? [] : [task.startMs])];
  return starts.length === 0 ? null : Math.max(...starts);
}

/** How often each task was found to be too late. */
type Grace = ReadonlyMap<string, number>;

function deadlineOf(task: Work, setting: Setting, grace: Grace): number | null {
  const dueMs = dueOf(task, setting.byId);
  const late = graceMs[grace.get(task.id) ?? 0];
  return dueMs === null || late === undefined ? null : late === 0 ? dueMs : Math.max(dueMs, setting.nowMs) + late;
}

function toTask(task: Work, setting: Setting, grace: Grace): ScheduleTask {
  const minutes = remainingMinutes(task, setting.portfolio);
  return {
    key: task.id,
    title: task.title,
    durationMinutes: minutes,
    priority: task.priority,
    earliestStartMs: earliestOf(task, setting),
    deadlineMs: deadlineOf(task, setting, grace),
    splittable: minutes > splitFromMinutes,
    minBlockMinutes: shortestSittingMinutes,
  };
}

function dependenciesAmong(setting: Setting, keys: ReadonlySet<string>): readonly ScheduleDependency[] {
  const edges = setting.portfolio.needs.flatMap(({ taskId, dependsOnId, kind }) =>
    (setting.leaves.get(taskId) ?? []).flatMap((task) =>
      (setting.leaves.get(dependsOnId) ?? []).map((dependsOn) => ({ task, dependsOn, kind })),
    ),
  );
  return edges.filter((edge) => keys.has(edge.task) && keys.has(edge.dependsOn) && edge.task !== edge.dependsOn);
}

function ends(setting: Setting, blocks: readonly ScheduledBlock[], missing: ReadonlySet<string>): Map<string, number> {
  const own = new Map(setting.heldUntilMs);
  for (const { task, endMs } of blocks) own.set(task, Math.max(endMs, own.get(task) ?? endMs));
  const all = new Map<string, number>();
  for (const [id, parts] of setting.leaves) {
    const found = parts.flatMap((part) => own.get(part) ?? []);
    if (found.length > 0 && parts.every((part) => !missing.has(part))) all.set(id, Math.max(...found));
  }
  return all;
}

/** Places all open work into the free time; what can't be done by its deadline is placed after it. */
export function projectWork(portfolio: Portfolio, frame: Frame, tools: DraftTools): Projection {
  const byId = new Map(portfolio.tasks.map((task) => [task.id, task]));
  const setting = {
    portfolio,
    byId,
    leaves: leavesOf(portfolio.tasks),
    heldUntilMs: lastBlocks(portfolio),
    nowMs: frame.nowMs,
  };
  const work = schedulable(setting);
  const dependencies = dependenciesAmong(setting, new Set(work.map((task) => task.id)));
  const overdue = work.filter((task) => (dueOf(task, byId) ?? Infinity) <= frame.nowMs);
  const grace = new Map(overdue.map((task) => [task.id, 1]));
  const { free, days, horizonEndMs } = frame;
  const run = () =>
    tools.schedule({
      tasks: work.map((task) => toTask(task, setting, grace)),
      dependencies,
      free,
      days,
      dailyFocusMinutes: null,
      bufferMinutes: 0,
      horizonEndMs,
    });
  let result = run();
  for (let pass = 1; pass < passes; pass += 1) {
    const late = result.unscheduled.filter(({ task }) => (grace.get(task) ?? 0) < graceMs.length);
    if (late.length === 0) break;
    for (const { task } of late) grace.set(task, (grace.get(task) ?? 0) + 1);
    result = run();
  }
  const unplaced = new Set(result.unscheduled.map(({ task }) => task));
  return { endMs: ends(setting, result.blocks, unplaced), unplaced, blocks: result.blocks };
}
