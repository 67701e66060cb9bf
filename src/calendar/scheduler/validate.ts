import { invalidInput } from '../../contract/errors.ts';
import type { Problem } from '../../contract/errors.ts';
import type { ScheduleInput, TimeWindow } from '../../contract/scheduling/schedule.ts';

/**
 * Refuses an input that has no meaning: unknown or repeated keys, lengths that are not positive, windows that are out of
 * order. What merely can't be scheduled is no fault of the input and is explained in the result instead.
 * @throws StewardError `invalid_input` that names every problem
 */
export function checkInput(input: ScheduleInput): void {
  const problems = [...taskProblems(input), ...dependencyProblems(input), ...timeProblems(input)];
  if (problems.length > 0) throw invalidInput(problems);
}

function taskProblems(input: ScheduleInput): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [index, task] of input.tasks.entries()) {
    const path = `tasks.${index}`;
    if (seen.has(task.key)) problems.push({ path: `${path}.key`, message: `${task.key} is the key of two tasks` });
    seen.add(task.key);
    if (!isPositive(task.durationMinutes)) {
      problems.push({
        path: `${path}.durationMinutes`,
        message: `must be more than 0 minutes, not ${task.durationMinutes}`,
      });
    }
    if (task.splittable && !isPositive(task.minBlockMinutes)) {
      problems.push({
        path: `${path}.minBlockMinutes`,
        message: `must be more than 0 minutes, not ${task.minBlockMinutes}`,
      });
    }
    for (const name of ['earliestStartMs', 'deadlineMs'] as const) {
      const value = task[name];
      if (value !== null && !Number.isFinite(value))
        problems.push({ path: `${path}.${name}`, message: 'must be an instant or null' });
    }
  }
  return problems;
}

function dependencyProblems(input: ScheduleInput): Problem[] {
  const keys = new Set(input.tasks.map((task) => task.key));
  return input.dependencies.flatMap((dependency, index) =>
    (['task', 'dependsOn'] as const)
      .filter((name) => !keys.has(dependency[name]))
      .map((name) => ({
        path: `dependencies.${index}.${name}`,
        message: `${dependency[name]} is not the key of a task`,
      })),
  );
}

function timeProblems(input: ScheduleInput): Problem[] {
  const problems = [...windowProblems('free', input.free), ...windowProblems('days', input.days)];
  if (!Number.isFinite(input.horizonEndMs)) problems.push({ path: 'horizonEndMs', message: 'must be an instant' });
  if (!Number.isFinite(input.bufferMinutes) || input.bufferMinutes < 0) {
    problems.push({ path: 'bufferMinutes', message: 'must be 0 minutes or more' });
  }
  if (input.dailyFocusMinutes === null || problems.length > 0) return problems;
  if (!isPositive(input.dailyFocusMinutes)) {
    problems.push({ path: 'dailyFocusMinutes', message: 'must be more than 0 minutes, or null for no limit' });
  }
  const outside = input.free.find((window) => uncoveredMs(window, input.days) > 0);
  if (outside !== undefined) {
    problems.push({
      path: 'days',
      message: `a daily limit needs the days of all free time; none holds all of ${outside.startMs} to ${outside.endMs}`,
    });
  }
  return problems;
}

function windowProblems(path: string, windows: readonly TimeWindow[]): Problem[] {
  const problems: Problem[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const [index, window] of windows.entries()) {
    const ordered = Number.isFinite(window.startMs) && Number.isFinite(window.endMs) && window.startMs <= window.endMs;
    if (!ordered) problems.push({ path: `${path}.${index}`, message: 'must end after it starts' });
    else if (window.startMs < before)
      problems.push({ path: `${path}.${index}`, message: 'must start after the one before it ends' });
    before = window.endMs;
  }
  return problems;
}

function uncoveredMs(window: TimeWindow, days: readonly TimeWindow[]): number {
  const covered = days.reduce(
    (sum, day) => sum + Math.max(0, Math.min(day.endMs, window.endMs) - Math.max(day.startMs, window.startMs)),
    0,
  );
  return window.endMs - window.startMs - covered;
}

function isPositive(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}
