import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { TaskDetail } from '../../../src/contract/facts/task-facts.ts';
import { priorities } from '../../../src/contract/proposal.ts';
import { endOf, startOf } from '../../shared/stored-time.ts';
import type { GroupName, Item } from '../outputs.ts';
import { clockOf, dayOf } from './day.ts';
import type { Day } from './day.ts';

/** An open task with the group it is shown in: exactly one, the first that fits. */
export type Grouped = {
  readonly task: TaskDetail;
  readonly group: GroupName;
  readonly item: Item;
  readonly sortMs: number;
};

type Ties = {
  readonly titles: ReadonlyMap<string, string>;
  readonly waitsFor: ReadonlyMap<string, readonly string[]>;
  readonly holdsUp: ReadonlyMap<string, readonly string[]>;
  /** Starts of the day's calendar blocks, by task. */
  readonly blocks: ReadonlyMap<string, readonly number[]>;
};

function collectTo(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const byKey = new Map<string, string[]>();
  for (const [key, value] of pairs) byKey.set(key, [...(byKey.get(key) ?? []), value]);
  return byKey;
}

/** What waits for what, and what has a place in the day's calendar. */
export function readTies(facts: FactSheet, day: Day): Ties {
  const { tasks = [], dependencies = [], blocks = [] } = facts.workload ?? {};
  const titles = new Map(tasks.map((task) => [task.id, task.title]));
  const hard = dependencies.filter((edge) => edge.kind === 'hard');
  const cancelled = (facts.workloadContext?.cancelledNeeds ?? []).filter((need) => need.kind === 'hard');
  const starts = new Map<string, number[]>();
  const events = (facts.calendarWindow?.events ?? []).flatMap(({ taskId, start }) =>
    taskId === null ? [] : [{ taskId, start }],
  );
  for (const { taskId, start } of [...blocks, ...events]) {
    const startMs = Date.parse(start);
    if (startMs < day.fromMs || startMs >= day.toMs) continue;
    starts.set(
      taskId,
      [...new Set([...(starts.get(taskId) ?? []), startMs])].toSorted((a, b) => a - b),
    );
  }
  return {
    titles,
    waitsFor: collectTo([
      ...hard.map((edge) => [edge.taskId, titles.get(edge.dependsOnId) ?? edge.dependsOnId] as const),
      ...cancelled.map((need) => [need.taskId, `${need.title} (cancelled)`] as const),
    ]),
    holdsUp: collectTo(hard.map((edge) => [edge.dependsOnId, titles.get(edge.taskId) ?? edge.taskId] as const)),
    blocks: starts,
  };
}

type Placed = { readonly group: GroupName; readonly when: string | null; readonly sortMs: number };

function placeDue(dueMs: number, day: Day, tools: DraftTools): Placed | null {
  if (dueMs < day.fromMs) return { group: 'overdue', when: `since ${dayOf(dueMs, tools)}`, sortMs: dueMs };
  if (dueMs >= day.toMs) return null;
  const clock = clockOf(dueMs, tools);
  // A deadline without a time is kept as the day's last minute.
  const when = clock === '23:59' || clock === '00:00' ? null : `by ${clock}`;
  return { group: 'dueToday', when, sortMs: dueMs };
}

function placeAhead(task: TaskDetail, day: Day, tools: DraftTools): Placed | null {
  const due = endOf(task.deadline, tools);
  if (due !== null && due < day.aheadMs) return { group: 'nextDays', when: `by ${dayOf(due, tools)}`, sortMs: due };
  const start = startOf(task.startDate, tools);
  if (start === null || start < day.toMs || start >= day.aheadMs) return null;
  return { group: 'nextDays', when: `from ${dayOf(start, tools)}`, sortMs: start };
}

function place(task: TaskDetail, { day, ties, tools }: Setting): Placed | null {
  const dueMs = endOf(task.deadline, tools);
  const due = dueMs === null ? null : placeDue(dueMs, day, tools);
  if (due !== null) return due;
  const block = ties.blocks.get(task.id)?.[0] ?? null;
  if (block !== null) return { group: 'scheduledToday', when: `at ${clockOf(block, tools)}`, sortMs: block };
  const start = startOf(task.startDate, tools);
  if (start !== null && start >= day.fromMs && start < day.toMs)
    return { group: 'scheduledToday', when: null, sortMs: start };
  if (task.status === 'in_progress') return { group: 'inProgress', when: null, sortMs: 0 };
  const ahead = placeAhead(task, day, tools);
  if (ahead !== null) return ahead;
  return ties.waitsFor.has(task.id) ? { group: 'blocked', when: null, sortMs: 0 } : null;
}

export type Setting = { readonly day: Day; readonly ties: Ties; readonly tools: DraftTools };

/** The tasks that the day's brief names, each in the group it belongs to, the most pressing first. */
export function groupTasks(tasks: readonly TaskDetail[], setting: Setting): readonly Grouped[] {
  const grouped = tasks.flatMap((task): Grouped[] => {
    const placed = place(task, setting);
    if (placed === null) return [];
    const item = {
      id: task.id,
      title: task.title,
      priority: task.priority,
      minutes: task.durationMinutes,
      when: placed.when,
      waitsFor: [...(setting.ties.waitsFor.get(task.id) ?? [])],
      holdsUp: [...(setting.ties.holdsUp.get(task.id) ?? [])],
    };
    return [{ task, group: placed.group, item, sortMs: placed.sortMs }];
  });
  const rank = ({ item }: Grouped): number => -priorities.indexOf(item.priority);
  return grouped.toSorted((left, right) => left.sortMs - right.sortMs || rank(left) - rank(right));
}
