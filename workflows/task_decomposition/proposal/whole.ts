import type { FactSheet } from '../../../src/contract/facts.ts';
import type { CreateTask, TaskFields, UpdateTask } from '../../../src/contract/proposal.ts';
import { formatMinutes } from '../../shared/format-minutes.ts';
import { formatRange } from '../durations.ts';
import { readParts, readTarget } from '../outputs.ts';
import type { Parts, TargetTask } from '../outputs.ts';
import type { Place } from './place.ts';

function subtaskList({ leaves, kept }: Parts): string {
  const named = leaves.map(({ title, minutes }) => `- ${title} (${formatMinutes(minutes.likely)})`);
  return [...named, ...kept.map(({ title }) => `- ${title}`)].join('\n');
}

function totalReason(parts: Parts): string {
  const count = parts.leaves.length + parts.kept.length;
  return `Its ${count} subtasks take ${formatRange(parts.total)} together.`;
}

function before(task: TargetTask): string {
  return task.durationMinutes === null ? 'unknown' : formatMinutes(task.durationMinutes);
}

/** The existing task keeps its place and gets the duration and the steps that its subtasks give it. */
function updateWhole(task: TargetTask, parts: Parts): UpdateTask | null {
  const durationMinutes = Math.max(1, parts.total.likely);
  const taskSteps = subtaskList(parts);
  const changes: Partial<TaskFields> = {
    ...(durationMinutes === task.durationMinutes ? {} : { durationMinutes }),
    ...(taskSteps === task.steps ? {} : { taskSteps }),
  };
  if (Object.keys(changes).length === 0) return null;
  const steps = task.steps === null ? 'Its steps name them.' : 'Its steps name them; the old ones went into them.';
  return {
    id: 'task',
    kind: 'update_task',
    title: `Update "${task.title}": ${before(task)} → ${formatMinutes(durationMinutes)}`,
    reason: `${totalReason(parts)} ${steps}`,
    requires: [],
    payload: { taskId: task.id, changes, phaseId: null, order: 0 },
  };
}

function createWhole(parts: Parts, place: Place): CreateTask {
  const { taskId, projectId, phaseId } = place;
  const reason = `It exists only as a text so far. ${totalReason(parts)}`;
  return {
    id: 'task',
    kind: 'create_task',
    title: `Add task "${parts.title}"`,
    reason,
    requires: [],
    payload: {
      taskId,
      title: parts.title,
      description: parts.summary === '' || parts.summary === parts.title ? null : parts.summary,
      taskSteps: subtaskList(parts),
      priority: 'medium',
      durationMinutes: Math.max(1, parts.total.likely),
      startDate: null,
      deadline: null,
      projectId,
      phaseId,
      order: 0,
      parentTaskId: null,
      assignmentReason: reason,
    },
  };
}

/** The task itself: made where it is only a text, brought up to date where it exists. */
export function wholeOperation(facts: FactSheet, place: Place): CreateTask | UpdateTask | null {
  const { task } = readTarget(facts);
  const parts = readParts(facts);
  return task === null ? createWhole(parts, place) : updateWhole(task, parts);
}
