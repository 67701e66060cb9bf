import type { Operation, TaskFields } from '../../../src/contract/proposal.ts';
import { hours } from '../portfolio/figures.ts';
import { partId } from '../measures/after.ts';
import { mergedFields } from '../measures/merged-fields.ts';
import type { Maker } from './setting.ts';

function length(minutes: number | null): string {
  if (minutes === null) return 'unknown';
  return minutes < 60 ? `${minutes} min` : `${hours(minutes)} h`;
}

type Update = {
  readonly id: string;
  readonly taskId: string;
  readonly title: string;
  readonly reason: string;
  readonly changes: Partial<TaskFields>;
};

function update({ id, taskId, title, reason, changes }: Update): Operation {
  return {
    id,
    kind: 'update_task',
    title,
    reason,
    requires: [],
    payload: { taskId, changes, phaseId: null, order: 0 },
  };
}

export const merge: Maker<'merge'> = ({ taskId, others, reason }, setting, id) => {
  const keep = setting.task(taskId);
  const merged = others.flatMap((other) => setting.task(other) ?? []);
  if (keep === undefined || merged.length === 0) return [];
  const fields = mergedFields(keep, merged);
  const changes: Partial<TaskFields> = {
    ...(fields.priority === keep.priority ? {} : { priority: fields.priority }),
    ...(fields.minutes === keep.minutes ? {} : { durationMinutes: fields.minutes }),
    ...(fields.dueMs === keep.dueMs || fields.dueMs === null ? {} : { deadline: new Date(fields.dueMs).toISOString() }),
  };
  const where = (projectId: string | null): string => {
    const project = setting.project(projectId);
    return project === undefined ? '' : ` (${project.name})`;
  };
  const names = merged.map((task) => `"${task.title}"${where(task.projectId)}`).join(', ');
  const title = `Merge ${names} into "${keep.title}"${where(keep.projectId)}: ${merged.length + 1} tasks → 1`;
  const payload = { keepId: taskId, mergedIds: merged.map((task) => task.id), changes };
  return [{ id, kind: 'merge_tasks', title, reason, requires: [], payload }];
};

// What waits for a task that is dropped would wait for ever, and its calendar blocks would stay.
export const drop: Maker<'drop'> = ({ taskId, reason }, setting, id) => {
  const task = setting.task(taskId);
  if (task === undefined) return [];
  const dropping: Operation = {
    id,
    kind: 'set_task_status',
    title: `Cancel "${task.title}": ${task.status.replace('_', ' ')} → cancelled`,
    reason,
    requires: [],
    payload: { taskId, status: 'cancelled', why: reason },
  };
  const waiting = setting.portfolio.needs.filter((need) => need.dependsOnId === taskId);
  const freed = waiting.map((need, index): Operation => ({
    id: `${id}-need-${index + 1}`,
    kind: 'remove_dependency',
    title: `${setting.name(need.taskId)} no longer waits for "${task.title}"`,
    reason: `"${task.title}" is cancelled.`,
    requires: [id],
    payload: { taskId: need.taskId, dependsOnId: taskId, why: reason },
  }));
  const blocks = setting.portfolio.blocks.filter((block) => block.taskId === taskId);
  const cleared = blocks.map((block, index): Operation => ({
    id: `${id}-block-${index + 1}`,
    kind: 'cancel_event',
    title: `Free ${setting.tools.formatInstant(block.startMs)} of "${task.title}"`,
    reason: `"${task.title}" is cancelled.`,
    requires: [id],
    payload: { eventUid: block.uid, why: reason },
  }));
  return [dropping, ...freed, ...cleared];
};

export const split: Maker<'split'> = ({ taskId, parts, reason }, setting, id) => {
  const whole = setting.task(taskId);
  if (whole === undefined) return [];
  return parts.map((part, index): Operation => {
    const number = index + 1;
    return {
      id: `${id}-part-${number}`,
      kind: 'create_task',
      title: `Split "${whole.title}" (${length(whole.minutes)} → ${parts.length} parts): "${part.title}", ${length(part.minutes)}`,
      reason,
      requires: [],
      payload: {
        taskId: partId(taskId, number, setting.tools),
        projectId: whole.projectId,
        phaseId: null,
        order: number,
        parentTaskId: taskId,
        assignmentReason: reason,
        title: part.title,
        description: `Part ${number} of ${parts.length} of "${whole.title}".`,
        taskSteps: null,
        priority: whole.priority,
        durationMinutes: part.minutes,
        startDate: null,
        // Its whole's holds, wherever that is moved.
        deadline: null,
      },
    };
  });
};

export const move: Maker<'move'> = ({ taskId, projectId, phaseId, reason }, setting, id) => {
  const task = setting.task(taskId);
  if (task === undefined) return [];
  const phase = setting.portfolio.phases.find((each) => each.id === phaseId);
  const from = setting.project(task.projectId)?.name ?? 'no project';
  const to = `${setting.project(projectId)?.name ?? 'no project'}${phase === undefined ? '' : `, ${phase.name}`}`;
  const title = `Move "${task.title}": ${from} → ${to}`;
  return [{ id, kind: 'move_task', title, reason, requires: [], payload: { taskId, projectId, phaseId, order: 0 } }];
};

export const reschedule: Maker<'reschedule'> = ({ taskId, start, deadline, reason }, setting, id) => {
  const task = setting.task(taskId);
  if (task === undefined) return [];
  const { tools } = setting;
  const due = deadline === null ? null : setting.day(tools.instant({ date: deadline, time: '23:59' }));
  const from = start === null ? null : setting.day(tools.instant({ date: start, time: '00:00' }));
  const title = [
    ...(from === null ? [] : [`Start of "${task.title}": ${setting.day(task.startMs)} → ${from}`]),
    ...(due === null
      ? []
      : [`${from === null ? `Deadline of "${task.title}"` : 'deadline'}: ${setting.day(task.dueMs)} → ${due}`]),
  ].join(', ');
  const changes = {
    ...(start === null ? {} : { startDate: setting.startOf(start) }),
    ...(deadline === null ? {} : { deadline: setting.endOf(deadline) }),
  };
  return [update({ id, taskId, title, reason, changes })];
};

export const reprioritize: Maker<'reprioritize'> = ({ taskId, priority, reason }, setting, id) => {
  const task = setting.task(taskId);
  if (task === undefined || task.priority === priority) return [];
  const title = `Priority of "${task.title}": ${task.priority} → ${priority}`;
  return [update({ id, taskId, title, reason, changes: { priority } })];
};

export const estimate: Maker<'estimate'> = ({ taskId, minutes, reason }, setting, id) => {
  const task = setting.task(taskId);
  if (task === undefined || task.minutes === minutes) return [];
  const title = `Duration of "${task.title}": ${length(task.minutes)} → ${length(minutes)}`;
  return [update({ id, taskId, title, reason, changes: { durationMinutes: minutes } })];
};
