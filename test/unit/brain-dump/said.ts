import type { SaidFact, SaidTask, SaidTasks } from '../../../workflows/brain_dump/contract.ts';
import type { Existing, OpenTask } from '../../../workflows/brain_dump/merge/existing-records.ts';
import type { SaidPiece } from '../../../workflows/brain_dump/outputs.ts';

/** A task as a model says it. */
export function said(title: string, more: Partial<SaidTask> = {}): SaidTask {
  return {
    key: 't1',
    title,
    details: '',
    steps: [],
    project: null,
    priority: 'medium',
    startDate: null,
    deadline: null,
    time: null,
    durationMinutes: null,
    recurrence: null,
    parent: null,
    existingTaskId: null,
    quote: title,
    guesses: [],
    confidence: 0.95,
    reason: 'Said so.',
    ...more,
  };
}

export function fact(text: string, more: Partial<SaidFact> = {}): SaidFact {
  return {
    kind: 'note',
    title: text,
    text,
    quote: text,
    project: null,
    field: null,
    category: null,
    confidence: 0.9,
    ...more,
  };
}

export function piece(
  key: string,
  tasks: readonly SaidTask[],
  more: { readonly facts?: readonly SaidFact[]; readonly projects?: SaidTasks['projects'] } = {},
): SaidPiece {
  return {
    key,
    tasks: {
      projects: more.projects ?? [],
      tasks: tasks.map((task, index) => ({ ...task, key: task.key === 't1' ? `t${index + 1}` : task.key })),
    },
    facts: { facts: [...(more.facts ?? [])], insights: [] },
  };
}

export function open(id: string, title: string, more: Partial<OpenTask> = {}): OpenTask {
  return {
    id,
    title,
    description: null,
    steps: null,
    projectId: null,
    parentTaskId: null,
    startDate: null,
    deadline: null,
    durationMinutes: null,
    priority: 'medium',
    ...more,
  };
}

export function nothingThere(more: Partial<Existing> = {}): Existing {
  return { today: '2026-11-25', projects: [], tasks: [], person: {}, projectId: null, ...more };
}
