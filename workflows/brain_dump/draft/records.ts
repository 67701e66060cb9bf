import type { CreateNote, CreateProject, CreateTask, UpdateTask } from '../../../src/contract/proposal.ts';
import type { NewTask, TaskUpdate } from '../merge/understood.ts';
import { because, instantOf, newProjectId, targetOf } from './work.ts';
import type { DraftWork } from './work.ts';

const startOfDay = '00:00';
const endOfDay = '23:59';

export function projectOperations({ said, tools, brainDumpId: _dump }: DraftWork): readonly CreateProject[] {
  return said.projects.map((project) => ({
    id: project.key,
    kind: 'create_project',
    title: `Create project "${project.name}"`,
    reason: because('', project.quotes),
    requires: [],
    payload: {
      projectId: newProjectId(project.key, tools),
      name: project.name,
      description: project.description === '' ? null : project.description,
      executiveSummary: null,
      context:
        said.projectAdditions
          .filter((each) => each.newProject === project.key)
          .map((each) => each.text)
          .join('\n') || null,
      startDate: null,
      endDate: null,
      source: 'brain_dump',
    },
  }));
}

function stepList(steps: readonly string[]): string | null {
  return steps.length === 0 ? null : steps.map((step) => `- ${step}`).join('\n');
}

function asOperation(task: NewTask, index: number, work: DraftWork): CreateTask {
  const { tools } = work;
  const { projectId, requires } = targetOf(task, work);
  const reason = because(task.reason, task.quotes);
  return {
    id: task.key,
    kind: 'create_task',
    title: `Add task "${task.title}"`,
    reason,
    requires: [...requires, ...(task.parent === null ? [] : [task.parent])],
    payload: {
      taskId: tools.newId(`task/${task.key}`),
      title: task.title,
      description: task.details === '' ? null : task.details,
      taskSteps: stepList(task.steps),
      priority: task.priority,
      durationMinutes: task.durationMinutes,
      startDate: instantOf(task.startDate, task.time ?? startOfDay, tools),
      deadline: instantOf(task.deadline, task.time ?? endOfDay, tools),
      projectId,
      phaseId: null,
      order: index + 1,
      parentTaskId: task.parent === null ? task.parentTaskId : tools.newId(`task/${task.parent}`),
      assignmentReason: reason,
      source: 'brain_dump',
      ...(task.recurrence === null ? {} : { taskType: 'recurring', recurrencePattern: task.recurrence }),
    },
  };
}

export function taskOperations(work: DraftWork): readonly CreateTask[] {
  return work.said.tasks.map((task, index) => asOperation(task, index, work));
}

function changesOf(update: TaskUpdate, { facts, tools }: DraftWork): UpdateTask['payload']['changes'] {
  const before = facts.workload?.tasks.find((task) => task.id === update.taskId);
  const steps = stepList(update.steps);
  const taskSteps = steps === null ? null : [before?.steps ?? '', steps].filter((part) => part !== '').join('\n');
  const startDate = instantOf(update.startDate, update.time ?? startOfDay, tools);
  const deadline = instantOf(update.deadline, update.time ?? endOfDay, tools);
  return {
    ...(update.description === null ? {} : { description: update.description }),
    ...(taskSteps === null ? {} : { taskSteps }),
    ...(startDate === null ? {} : { startDate }),
    ...(deadline === null ? {} : { deadline }),
    ...(update.priority === null ? {} : { priority: update.priority }),
    ...(update.durationMinutes === null ? {} : { durationMinutes: update.durationMinutes }),
  };
}

export function updateOperations(work: DraftWork): readonly UpdateTask[] {
  return work.said.updates.map((update, index) => ({
    id: `update-${index + 1}`,
    kind: 'update_task',
    title: `Add to task "${update.title}"`,
    reason: because(update.reason, update.quotes),
    requires: [],
    payload: { taskId: update.taskId, changes: changesOf(update, work), phaseId: null, order: index + 1 },
  }));
}

export function noteOperations(work: DraftWork): readonly CreateNote[] {
  return work.said.notes.map((note) => {
    const { projectId, requires } = targetOf(note, work);
    return {
      id: note.key,
      kind: 'create_note',
      title: `Keep note "${note.title}"`,
      reason: because('', note.quotes),
      requires,
      payload: {
        noteId: work.tools.newId(`note/${note.key}`),
        projectId,
        title: note.title,
        content: note.content,
        category: note.category,
        tags: ['brain dump'],
      },
    };
  });
}
