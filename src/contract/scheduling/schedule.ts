/**
 * What the scheduler takes and gives. Instants are epoch milliseconds in names ending in `Ms`; lengths are minutes.
 * Nothing here knows a time zone: the caller turns local days and working hours into instants.
 */

export type TaskPriority = 'low' | 'medium' | 'high' | 'critical';

/** One piece of work. `key` is unique among the tasks; `title` is used in reasons that people read. */
export type ScheduleTask = {
  readonly key: string;
  readonly title: string;
  readonly durationMinutes: number;
  readonly priority: TaskPriority;
  readonly earliestStartMs: number | null;
  /** The last block ends at this instant or before it, or the task is not scheduled at all. */
  readonly deadlineMs: number | null;
  readonly splittable: boolean;
  /** No part is shorter than this, unless the whole task is. Means nothing for a task that can't be split. */
  readonly minBlockMinutes: number;
};

/** `task` starts after `dependsOn` has ended: always (`hard`), or where it breaks no deadline (`soft`). */
export type ScheduleDependency = { readonly task: string; readonly dependsOn: string; readonly kind: 'hard' | 'soft' };

/** Half-open: `startMs` is inside, `endMs` is not. */
export type TimeWindow = { readonly startMs: number; readonly endMs: number };

/** A local day of the person; `dayKey` is its date (`2026-03-29`). Such a day may have 23 or 25 hours. */
export type ScheduleDay = { readonly dayKey: string; readonly startMs: number; readonly endMs: number };

export type ScheduleInput = {
  readonly tasks: readonly ScheduleTask[];
  readonly dependencies: readonly ScheduleDependency[];
  /** Working hours less what is busy, ascending and disjoint. */
  readonly free: readonly TimeWindow[];
  /** The days that `free` lies in, ascending and disjoint. */
  readonly days: readonly ScheduleDay[];
  /** Most minutes of scheduled work on one day, or null for no limit. With a limit no block crosses midnight. */
  readonly dailyFocusMinutes: number | null;
  /** Least pause between two blocks. Pauses around events are the caller's: widen the events. */
  readonly bufferMinutes: number;
  /** Nothing ends after this instant. */
  readonly horizonEndMs: number;
};

export type ScheduledBlock = {
  readonly task: string;
  readonly startMs: number;
  readonly endMs: number;
  /** 1 to `parts`, in time order. */
  readonly part: number;
  readonly parts: number;
  readonly reason: string;
};

/**
 * What stops a task: `deadline` it can't end in time · `dependency` something it needs is not scheduled · `capacity` other
 * tasks take the free time · `horizon` too little free time before the horizon, even for it alone · `block_size` no free
 * stretch is as long as its smallest block · `cycle` it depends on itself through others.
 */
export type ScheduleConstraint = 'deadline' | 'dependency' | 'capacity' | 'horizon' | 'block_size' | 'cycle';

export type UnscheduledTask = {
  readonly task: string;
  readonly constraint: ScheduleConstraint;
  readonly explanation: string;
  /** Keys of the tasks that stand in the way; empty when none does. */
  readonly blockedBy: readonly string[];
};

export type TaskMinutes = { readonly task: string; readonly minutes: number };
export type DayLoad = { readonly dayKey: string; readonly minutes: number };

export type ScheduleResult = {
  /** In time order. Every task is either here with all its minutes or once in `unscheduled`. */
  readonly blocks: readonly ScheduledBlock[];
  readonly unscheduled: readonly UnscheduledTask[];
  /** The chain of hard dependencies that sets the earliest finish, first to last. */
  readonly criticalPath: readonly string[];
  /** End of the last block, or null without blocks. */
  readonly finishMs: number | null;
  /** For tasks left out for their deadline: how late each would end in the time that is left. */
  readonly lateness: readonly TaskMinutes[];
  /**
   * Minutes of free time each task could wait without moving the earliest finish or a deadline, as dependencies alone would
   * have it (work side by side); negative when a deadline can't be met. Tasks on or behind a cycle have none.
   */
  readonly slackMinutes: readonly TaskMinutes[];
  /** Scheduled minutes on each day with work. */
  readonly load: readonly DayLoad[];
};
