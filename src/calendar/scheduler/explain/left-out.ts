import type { TimeWindow, UnscheduledTask } from '../../../contract/scheduling/schedule.ts';
import { tasksWithin } from './blocks.ts';
import type { Explained } from './blocks.ts';
import { taskAt } from '../model.ts';
import type { Model, ModelTask } from '../model.ts';
import { endOf, findPlace } from '../place.ts';
import { longestBlockMs, minuteMs, overlapMs, usableMs } from '../timeline.ts';
import type { Timeline } from '../timeline.ts';
import { lengthInWords, listInWords } from './words.ts';

/** What stops a task that found no place, and who stands in the way. */
export function explainLeftOut(context: Explained, index: number): UnscheduledTask {
  const { model } = context;
  const cycle = model.graph.cycles.get(index);
  if (cycle !== undefined) return explainCycle(model, { index, cycle });
  const missing = (model.graph.hardBefore[index] ?? []).filter(
    (before) => (context.schedule.blocks[before] ?? null) === null,
  );
  if (missing.length > 0) {
    const why = `needs ${listInWords(missing.map((other) => taskAt(model, other).title))}, which can't be scheduled`;
    return finding(model, { index, constraint: 'dependency', why, blockedBy: missing });
  }
  return fitsAlone(context, index) ? explainCrowded(context, index) : explainImpossible(context, index);
}

/** Minutes by which a task would miss its deadline in the time that is left, or null when it wouldn't end at all. */
export function latenessOf(context: Explained, index: number): number | null {
  const task = taskAt(context.model, index);
  if (task.deadlineMs === null) return null;
  const place = findPlace(context.schedule.left, {
    ...requestFor(task),
    fromMs: releaseOf(context, index),
    untilMs: context.model.horizonEndMs,
  });
  return place === null ? null : Math.max(0, Math.ceil((endOf(place) - task.deadlineMs) / minuteMs));
}

type Finding = Pick<UnscheduledTask, 'constraint'> & {
  readonly index: number;
  readonly why: string;
  readonly blockedBy: readonly number[];
};

function finding(model: Model, { index, constraint, why, blockedBy }: Finding): UnscheduledTask {
  const task = taskAt(model, index);
  return {
    task: task.key,
    constraint,
    explanation: `'${task.title}' ${why}.`,
    blockedBy: blockedBy.map((other) => taskAt(model, other).key),
  };
}

function explainCycle(
  model: Model,
  { index, cycle }: { readonly index: number; readonly cycle: readonly number[] },
): UnscheduledTask {
  const others = cycle.filter((other) => other !== index);
  const through =
    others.length === 0 ? '' : ` through ${listInWords(others.map((other) => taskAt(model, other).title))}`;
  return finding(model, { index, constraint: 'cycle', why: `depends on itself${through}`, blockedBy: others });
}

function requestFor(task: ModelTask) {
  return { lengthMs: task.lengthMs, minPartMs: task.minPartMs };
}

/** The earliest start that hard dependencies and the task itself allow. */
function releaseOf(context: Explained, index: number): number {
  const ends = (context.model.graph.hardBefore[index] ?? []).map((before) =>
    endOf(context.schedule.blocks[before] ?? []),
  );
  return Math.max(taskAt(context.model, index).fromMs, ...ends);
}

function fitsAlone(context: Explained, index: number): boolean {
  const task = taskAt(context.model, index);
  return (
    findPlace(context.model.open, { ...requestFor(task), fromMs: releaseOf(context, index), untilMs: task.untilMs }) !==
    null
  );
}

/** It would fit if the others were not there. */
function explainCrowded(context: Explained, index: number): UnscheduledTask {
  const { model, schedule } = context;
  const task = taskAt(model, index);
  const window = { startMs: releaseOf(context, index), endMs: task.untilMs };
  const blockedBy = tasksWithin(context, widen(model, window));
  const takers = listInWords(blockedBy.map((other) => taskAt(model, other).title));
  const dueFirst = task.deadlineMs !== null && task.deadlineMs <= model.horizonEndMs;
  const until = dueFirst ? 'its deadline' : 'the end of the planned time';
  const why = `${need(task)} before ${until}, but ${takers} left only ${room(schedule.left, { task, window })}`;
  return finding(model, { index, constraint: dueFirst ? 'deadline' : 'capacity', why, blockedBy });
}

/** It wouldn't fit even with all the free time to itself. */
function explainImpossible(context: Explained, index: number): UnscheduledTask {
  const { model } = context;
  const task = taskAt(model, index);
  const startMs = releaseOf(context, index);
  const toHorizon = { startMs, endMs: model.horizonEndMs };
  const blockedBy = (model.graph.hardBefore[index] ?? []).filter(
    (other) => endOf(context.schedule.blocks[other] ?? []) === startMs,
  );
  const after =
    blockedBy.length === 0 ? '' : ` after ${listInWords(blockedBy.map((other) => taskAt(model, other).title))}`;
  if (findPlace(model.open, { ...requestFor(task), fromMs: startMs, untilMs: model.horizonEndMs }) !== null) {
    const free = room(model.open, { task, window: { startMs, endMs: task.untilMs } });
    const why = `${need(task)}, but${after} there is only ${free} before its deadline; the rest is events and time off`;
    return finding(model, { index, constraint: 'deadline', why, blockedBy });
  }
  const why = `${need(task)}, but${after} there is only ${room(model.open, { task, window: toHorizon })} before the end of the planned time`;
  const enough = usableMs(model.open, toHorizon) >= task.lengthMs;
  return finding(
    model,
    enough ? { index, constraint: 'block_size', why, blockedBy: [] } : { index, constraint: 'horizon', why, blockedBy },
  );
}

function need(task: ModelTask): string {
  const length = lengthInWords(task.lengthMs);
  if (task.minPartMs === null) return `needs ${length} in one piece`;
  return task.minPartMs < task.lengthMs
    ? `needs ${length} in parts of ${lengthInWords(task.minPartMs)} or more`
    : `needs ${length}`;
}

/** The total where it is too little, else the longest stretch, which then is. */
function room(timeline: Timeline, { task, window }: { readonly task: ModelTask; readonly window: TimeWindow }): string {
  const usable = usableMs(timeline, window);
  if (usable < task.lengthMs) return `${lengthInWords(usable)} of working time`;
  return `${lengthInWords(longestBlockMs(timeline, window))} of working time at a stretch`;
}

/** Pauses reach over the edges of a window, and work elsewhere on a day uses up its limit. */
function widen(model: Model, window: TimeWindow): TimeWindow {
  const bufferMs = model.open.bufferMs;
  const touched = model.open.focusLeftMs.length === 0 ? [] : model.days.filter((day) => overlapMs(day, window) > 0);
  return {
    startMs: Math.min(window.startMs - bufferMs, touched[0]?.startMs ?? window.startMs),
    endMs: Math.max(window.endMs + bufferMs, touched.at(-1)?.endMs ?? window.endMs),
  };
}
