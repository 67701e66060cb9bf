import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { DependencyFacts, TaskDetail, WorkloadContextFacts } from '../../../src/contract/facts/task-facts.ts';
import type { Priority } from '../../../src/contract/proposal.ts';
import { endOf, startOf } from '../../shared/stored-time.ts';

/** An open task in the terms of planning. Instants are epoch milliseconds. */
export type Work = {
  readonly id: string;
  readonly title: string;
  /** Description and details, for whoever has to judge. */
  readonly text: string;
  readonly steps: string | null;
  readonly status: string;
  readonly priority: Priority;
  /** Null where nobody said how long it takes. */
  readonly minutes: number | null;
  readonly startMs: number | null;
  readonly dueMs: number | null;
  readonly projectId: string | null;
  readonly parentId: string | null;
  readonly phaseId: string | null;
  readonly createdMs: number;
  readonly updatedMs: number;
};

export type Block = { readonly uid: string; readonly taskId: string; readonly startMs: number; readonly endMs: number };

export type PlannedProject = {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly endMs: number | null;
  readonly completedTasks: number;
};

/** All open work of a person, as it is or as it would be. */
export type Portfolio = {
  readonly tasks: readonly Work[];
  readonly projects: readonly PlannedProject[];
  /** Among the open tasks: a task waits for another. */
  readonly needs: readonly DependencyFacts[];
  readonly cancelledNeeds: WorkloadContextFacts['cancelledNeeds'];
  readonly phases: WorkloadContextFacts['phases'];
  /** Calendar blocks of open tasks that are not over. */
  readonly blocks: readonly Block[];
};

function toWork(task: TaskDetail, tools: DraftTools): Work {
  const { id, title, steps, status, priority, projectId, phaseId } = task;
  return {
    id,
    title,
    text: [task.description, task.details].filter((part) => part !== null && part !== '').join('\n'),
    steps,
    status,
    priority,
    minutes: task.durationMinutes === null || task.durationMinutes <= 0 ? null : task.durationMinutes,
    startMs: startOf(task.startDate, tools),
    dueMs: endOf(task.deadline, tools),
    projectId,
    parentId: task.parentTaskId,
    phaseId,
    createdMs: Date.parse(task.createdAt),
    updatedMs: Date.parse(task.updatedAt),
  };
}

/** The person's open work; a task whose parent is no open task stands for itself. */
export function readPortfolio(facts: FactSheet, tools: DraftTools): Portfolio {
  const { workload, workloadContext } = facts;
  const tasks = (workload?.tasks ?? []).map((task) => toWork(task, tools));
  const known = new Set(tasks.map((task) => task.id));
  const completed = new Map((workloadContext?.completed ?? []).map((each) => [each.projectId, each.tasks]));
  return {
    tasks: tasks.map((task) =>
      task.parentId !== null && !known.has(task.parentId) ? { ...task, parentId: null } : task,
    ),
    projects: (workload?.projects ?? []).map(({ id, name, status, endDate }) => ({
      id,
      name,
      status,
      endMs: endOf(endDate, tools),
      completedTasks: completed.get(id) ?? 0,
    })),
    needs: workload?.dependencies ?? [],
    cancelledNeeds: (workloadContext?.cancelledNeeds ?? []).filter((need) => known.has(need.taskId)),
    phases: workloadContext?.phases ?? [],
    blocks: (workload?.blocks ?? []).map(({ uid, taskId, start, end }) => ({
      uid,
      taskId,
      startMs: Date.parse(start),
      endMs: Date.parse(end),
    })),
  };
}
