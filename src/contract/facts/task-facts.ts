import type { Priority } from '../proposal.ts';

/** A task with all that planning looks at. Times are ISO 8601 in UTC. */
export type TaskDetail = {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly details: string | null;
  readonly steps: string | null;
  readonly status: string;
  readonly priority: Priority;
  readonly durationMinutes: number | null;
  readonly startDate: string | null;
  readonly deadline: string | null;
  readonly projectId: string | null;
  readonly parentTaskId: string | null;
  readonly phaseId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type DependencyFacts = {
  readonly taskId: string;
  readonly dependsOnId: string;
  readonly kind: 'hard' | 'soft';
};

/** A calendar block that work on a task was scheduled into. */
export type BlockFacts = {
  readonly uid: string;
  readonly taskId: string;
  readonly start: string;
  readonly end: string;
};

export type ProjectLoad = {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly status: string;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly updatedAt: string;
};

export type ProjectContext = { readonly id: string; readonly context: string | null };

export type WorkloadFacts = {
  /** Projects that are not completed or cancelled, oldest first. */
  readonly projects: readonly ProjectLoad[];
  /** Pending tasks and those in progress, oldest first. */
  readonly tasks: readonly TaskDetail[];
  /** Among the open tasks. */
  readonly dependencies: readonly DependencyFacts[];
  /** Blocks of open tasks that are not over. */
  readonly blocks: readonly BlockFacts[];
  /** True when there was more than one look takes in. */
  readonly cut: boolean;
};

/** What open work hangs on beside itself. */
export type WorkloadContextFacts = {
  /** Needs of open tasks that were cancelled: nobody will meet them. */
  readonly cancelledNeeds: readonly {
    readonly taskId: string;
    readonly dependsOnId: string;
    readonly kind: 'hard' | 'soft';
    readonly title: string;
  }[];
  /** Phases of projects that are not completed or cancelled, in order. */
  readonly phases: readonly {
    readonly id: string;
    readonly projectId: string;
    readonly name: string;
    readonly order: number;
    /** Tasks placed in it that are completed or cancelled. */
    readonly closedTasks: number;
  }[];
  /** How many tasks of each such project are completed; projects without any are left out. */
  readonly completed: readonly { readonly projectId: string; readonly tasks: number }[];
};

export type FinishedTaskFacts = {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly projectId: string | null;
  readonly parentTaskId: string | null;
  readonly plannedMinutes: number | null;
  /** Minutes of its calendar blocks; null when it had none. */
  readonly spentMinutes: number | null;
  readonly completedAt: string | null;
};
