import type { DraftTools, FactSheet } from '../../src/contract/facts.ts';
import { countProposed } from '../../src/contract/operations/words.ts';
import type { Operation, ProposalNote } from '../../src/contract/proposal.ts';
import type { DraftContract } from '../../src/schemas/workflow-contract.ts';
import { findings } from './contract.ts';
import type { AgentType, Findings } from './contract.ts';
import { openTasks } from './work.ts';

/** The findings of the agent's latest work; null when it gave none. */
export function readFindings(facts: FactSheet): Findings | null {
  const parsed = findings.safeParse(facts.outputs['work']);
  return parsed.success ? parsed.data : null;
}

function newTask(tools: DraftTools, task: Findings['newTasks'][number], number: number): Operation {
  const { title, description, projectId, priority, durationMinutes, deadline, reason } = task;
  return {
    id: `task-${number}`,
    kind: 'create_task',
    title: `Add the task “${title}”`,
    reason,
    requires: [],
    payload: {
      taskId: tools.newId(`task-${number}`),
      projectId,
      phaseId: null,
      order: number,
      parentTaskId: null,
      title,
      description: description === '' ? null : description,
      taskSteps: null,
      priority,
      durationMinutes,
      startDate: null,
      deadline,
      assignmentReason: reason,
    },
  };
}

function newNote(tools: DraftTools, note: Findings['newNotes'][number], number: number): Operation {
  const { title, content, projectId, reason } = note;
  const noteId = tools.newId(`note-${number}`);
  return {
    id: `note-${number}`,
    kind: 'create_note',
    title: `Keep the note “${title}”`,
    reason,
    requires: [],
    payload: { noteId, projectId, title, content, category: null, tags: [] },
  };
}

function taskChange(title: string, change: Findings['taskChanges'][number], number: number): readonly Operation[] {
  const { taskId, status, priority, deadline, reason } = change;
  const changes = { ...(priority === null ? {} : { priority }), ...(deadline === null ? {} : { deadline }) };
  const what = [priority === null ? '' : `priority ${priority}`, deadline === null ? '' : `deadline ${deadline}`];
  const update: Operation = {
    id: `change-${number}`,
    kind: 'update_task',
    title: `Change “${title}”: ${what.filter((each) => each !== '').join(', ')}`,
    reason,
    requires: [],
    payload: { taskId, changes, phaseId: null, order: 0 },
  };
  const updates = Object.keys(changes).length === 0 ? [] : [update];
  if (status === null) return updates;
  const payload = { taskId, status, why: reason };
  const words = `Set “${title}” to ${status.replace('_', ' ')}`;
  return [...updates, { id: `status-${number}`, kind: 'set_task_status', title: words, reason, requires: [], payload }];
}

/** What the agent would change as operations, each of which the person may refuse by itself. */
export const changesDraft: DraftContract<AgentType['drafts']['changes']['params']> = {
  facts: ['workload', 'focusTask'],
  title: () => 'Put the proposal together',
  draft: (facts, _params, tools) => {
    const found = readFindings(facts);
    const open = openTasks(facts);
    const changes = found?.taskChanges ?? [];
    const gone = changes.filter(({ taskId }) => !open.has(taskId));
    const operations = [
      ...(found?.newTasks ?? []).map((task, index) => newTask(tools, task, index + 1)),
      ...(found?.newNotes ?? []).map((note, index) => newNote(tools, note, index + 1)),
      ...changes.flatMap((change, index) => {
        const task = open.get(change.taskId);
        return task === undefined ? [] : taskChange(task.title, change, index + 1);
      }),
    ];
    const notes = gone.map(({ taskId, reason }): ProposalNote => ({
      kind: 'left_out',
      title: `Task ${taskId}`,
      text: `It is not open any more: ${reason}`,
    }));
    const summary = `${countProposed(operations).join(', ')}. ${(found?.highlights ?? []).join(' ')}`.trim();
    const title =
      operations.length === 1
        ? 'A change that the agent proposes'
        : `${operations.length} changes that the agent proposes`;
    return { title, summary, operations, notes };
  },
};
