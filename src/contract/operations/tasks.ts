import type { OperationBase, Priority } from './base.ts';

export const taskStatuses = ['pending', 'in_progress', 'completed', 'cancelled'] as const;
export type TaskStatus = (typeof taskStatuses)[number];
export const taskTypes = ['task', 'milestone', 'recurring'] as const;
export type TaskType = (typeof taskTypes)[number];
export const plannedTaskSources = ['ai_generated', 'brain_dump', 'calendar'] as const;

export type TaskFields = {
  readonly title: string;
  readonly description: string | null;
  readonly taskSteps: string | null;
  readonly priority: Priority;
  readonly durationMinutes: number | null;
  readonly startDate: string | null;
  readonly deadline: string | null;
};

export type CreateTask = OperationBase<
  'create_task',
  TaskFields & {
    readonly taskId: string;
    readonly projectId: string | null;
    readonly phaseId: string | null;
    readonly order: number;
    readonly parentTaskId: string | null;
    readonly assignmentReason: string | null;
    /** `ai_generated` when left out. */
    readonly source?: (typeof plannedTaskSources)[number];
    /** `task` when left out. */
    readonly taskType?: TaskType;
    /** An iCalendar rule (`FREQ=WEEKLY;BYDAY=MO`) of a recurring task. */
    readonly recurrencePattern?: string | null;
  }
>;

export type UpdateTask = OperationBase<
  'update_task',
  {
    readonly taskId: string;
    readonly changes: Partial<TaskFields>;
    /** Also places the task in this phase, when not null. */
    readonly phaseId: string | null;
    readonly order: number;
  }
>;

/** To drop a task is to cancel it. Which status may follow which is the database's rule. */
export type SetTaskStatus = OperationBase<
  'set_task_status',
  { readonly taskId: string; readonly status: TaskStatus; readonly why: string }
>;

export type MoveTask = OperationBase<
  'move_task',
  {
    readonly taskId: string;
    readonly projectId: string | null;
    /** The phase of that project where it goes, out of every other; null: into none. */
    readonly phaseId: string | null;
    readonly order: number;
    /** Left out: as it is. */
    readonly parentTaskId?: string | null;
  }
>;

/** What hangs on the merged tasks goes to the one that is kept; they are cancelled with a note of where it went. */
export type MergeTasks = OperationBase<
  'merge_tasks',
  { readonly keepId: string; readonly mergedIds: readonly string[]; readonly changes: Partial<TaskFields> }
>;

export type AddDependency = OperationBase<
  'add_dependency',
  {
    readonly taskId: string;
    readonly dependsOnId: string;
    readonly dependencyKind: 'hard' | 'soft';
    readonly why: string;
  }
>;

export type RemoveDependency = OperationBase<
  'remove_dependency',
  { readonly taskId: string; readonly dependsOnId: string; readonly why: string }
>;

export const eventRoles = ['preparation', 'follow_up', 'work'] as const;
export type EventRole = (typeof eventRoles)[number];

/** Says that a task came from an event. `recurrenceId` is the instance of a series, null for the event itself. */
export type LinkEvent = OperationBase<
  'link_event',
  {
    readonly eventUid: string;
    readonly recurrenceId: string | null;
    readonly taskId: string;
    readonly role: EventRole;
  }
>;
