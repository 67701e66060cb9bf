import type { FactSheet } from '../../../src/contract/facts.ts';
import type { CreateTask, TaskFields, UpdateTask } from '../../../src/contract/proposal.ts';
import type { PlannedSchedule } from '../../shared/schedule.ts';
import { formatMinutes } from '../../shared/format-minutes.ts';
import { formatRange } from '../durations.ts';
import { readParts, readTarget } from '../outputs.ts';
import type { Part, Target, TargetTask } from '../outputs.ts';
import type { Place } from './place.ts';

type Draft = { readonly place: Place; readonly schedule: PlannedSchedule | null };

function doneWhen(acceptance: string): string {
  return `Done when: ${acceptance}`;
}

function asList(steps: readonly string[]): string {
  return steps.map((step) => `- ${step}`).join('\n');
}

function startOf(part: Part, { schedule }: Draft): string | null {
  const [first] = schedule?.blocksOf.get(part.key) ?? [];
  return first === undefined ? null : new Date(first.startMs).toISOString();
}

function createPart(part: Part, index: number, draft: Draft & { readonly task: TargetTask | null }): CreateTask {
  const { place, task } = draft;
  const within = part.within === null ? [] : [`Part of: ${part.within}`];
  return {
    id: place.operationOf(part),
    kind: 'create_task',
    title: `Add subtask "${part.title}" (${formatMinutes(part.minutes.likely)})`,
    reason: part.reason,
    requires: place.isNew ? ['task'] : [],
    payload: {
      taskId: place.taskIdOf(part),
      title: part.title,
      description: [...within, doneWhen(part.acceptance)].join('\n'),
      taskSteps: asList(part.steps),
      priority: task?.priority ?? 'medium',
      durationMinutes: part.minutes.likely,
      startDate: startOf(part, draft),
      deadline: task?.deadline ?? null,
      projectId: place.projectId,
      phaseId: place.phaseId,
      order: index + 1,
      parentTaskId: place.parentOf(part),
      assignmentReason: part.reason,
    },
  };
}

/** What an existing subtask lacks; what somebody wrote into it stays. */
function partChanges(part: Part, existing: Target['subtasks'][number], draft: Draft): Partial<TaskFields> {
  const { description, steps, durationMinutes } = existing;
  const startDate = startOf(part, draft);
  const described = (description ?? '').trim();
  const checked = described.toLowerCase().includes('done when');
  return {
    ...(durationMinutes === part.minutes.likely ? {} : { durationMinutes: part.minutes.likely }),
    ...((steps ?? '').trim() === '' ? { taskSteps: asList(part.steps) } : {}),
    ...(checked
      ? {}
      : { description: [described, doneWhen(part.acceptance)].filter((text) => text !== '').join('\n\n') }),
    ...(startDate === null ? {} : { startDate }),
  };
}

function updatePart(part: Part, existing: Target['subtasks'][number], draft: Draft): UpdateTask | null {
  const changes = partChanges(part, existing, draft);
  if (Object.keys(changes).length === 0) return null;
  const old = existing.durationMinutes === null ? 'unknown' : formatMinutes(existing.durationMinutes);
  return {
    id: draft.place.operationOf(part),
    kind: 'update_task',
    title: `Update existing subtask "${existing.title}": ${old} → ${formatMinutes(part.minutes.likely)}`,
    reason: part.reason,
    requires: [],
    payload: { taskId: existing.id, changes, phaseId: null, order: 0 },
  };
}

/** New subtasks, changes of existing ones, and of those that got subtasks of their own. */
export function partOperations(facts: FactSheet, draft: Draft): readonly (CreateTask | UpdateTask)[] {
  const { task, subtasks } = readTarget(facts);
  const { leaves } = readParts(facts);
  return leaves.flatMap((part, index) => {
    const existing = subtasks.find((each) => each.id === part.taskId);
    const made =
      existing === undefined ? createPart(part, index, { ...draft, task }) : updatePart(part, existing, draft);
    return made === null ? [] : [made];
  });
}

export function parentOperations(facts: FactSheet): readonly UpdateTask[] {
  const { subtasks } = readTarget(facts);
  return readParts(facts).parents.flatMap((parent, index) => {
    const existing = subtasks.find((each) => each.id === parent.taskId);
    const durationMinutes = Math.max(1, parent.minutes.likely);
    if (existing === undefined || existing.durationMinutes === durationMinutes) return [];
    const old = existing.durationMinutes === null ? 'unknown' : formatMinutes(existing.durationMinutes);
    return [
      {
        id: `parent-${index + 1}`,
        kind: 'update_task',
        title: `Update existing subtask "${parent.title}": ${old} → ${formatMinutes(durationMinutes)}`,
        reason: `It was too long itself; its own subtasks take ${formatRange(parent.minutes)} together.`,
        requires: [],
        payload: { taskId: parent.taskId, changes: { durationMinutes }, phaseId: null, order: 0 },
      } satisfies UpdateTask,
    ];
  });
}
