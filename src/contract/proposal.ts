import type { Problem } from './errors.ts';
import type { Checked } from './request.ts';

export const priorities = ['low', 'medium', 'high', 'critical'] as const;
export type Priority = (typeof priorities)[number];

/** Common to every operation. `requires` names operations of the same proposal without which this one makes no sense. */
type OperationBase<Kind extends string, Payload> = {
  readonly id: string;
  readonly kind: Kind;
  readonly title: string;
  readonly reason: string;
  readonly requires: readonly string[];
  readonly payload: Payload;
};

export type CreateProject = OperationBase<
  'create_project',
  {
    readonly projectId: string;
    readonly name: string;
    readonly description: string | null;
    readonly executiveSummary: string | null;
    readonly context: string | null;
    readonly startDate: string | null;
    readonly endDate: string | null;
  }
>;

export type UpdateProject = OperationBase<
  'update_project',
  {
    readonly projectId: string;
    readonly changes: {
      readonly description?: string | null;
      readonly executiveSummary?: string | null;
      readonly startDate?: string | null;
      readonly endDate?: string | null;
    };
  }
>;

export type CreatePhase = OperationBase<
  'create_phase',
  {
    readonly phaseId: string;
    readonly projectId: string;
    readonly name: string;
    readonly description: string | null;
    readonly order: number;
    /** ISO 8601 instants; a phase without scheduled work spans its project's dates. */
    readonly startDate: string;
    readonly endDate: string;
  }
>;

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

export type AddDependency = OperationBase<
  'add_dependency',
  {
    readonly taskId: string;
    readonly dependsOnId: string;
    readonly dependencyKind: 'hard' | 'soft';
    readonly why: string;
  }
>;

export type ScheduleEvent = OperationBase<
  'schedule_event',
  {
    readonly eventId: string;
    readonly taskId: string;
    readonly title: string;
    /** ISO 8601 instants in UTC; `timeZone` is the IANA zone the person thinks in. */
    readonly start: string;
    readonly end: string;
    readonly timeZone: string;
  }
>;

export type Operation =
  CreateProject | UpdateProject | CreatePhase | CreateTask | UpdateTask | AddDependency | ScheduleEvent;
export type OperationKind = Operation['kind'];

export type OperationStatus = 'proposed' | 'accepted' | 'refused' | 'applied' | 'failed' | 'skipped' | 'undone';
export type ProposalStatus = 'open' | 'approved' | 'rejected' | 'withdrawn' | 'applied' | 'partly_applied' | 'undone';

/** An operation's id and what it needs: all that the sandbox keeps of it. */
export type OperationOutline = { readonly id: string; readonly requires: readonly string[] };

/** What a draft of a type's own pure code hands over; the activity gives it an id and a digest. */
export type ProposalDraft = {
  readonly title: string;
  readonly summary: string;
  readonly operations: readonly Operation[];
  /** Facts worth showing that change nothing: what did not fit and why, the critical path. */
  readonly notes: readonly ProposalNote[];
  /** How sure the draft is that all of it is what the person means, 0 to 1; left out where it can't tell. */
  readonly confidence?: number;
};
export type ProposalNote = { readonly kind: string; readonly title: string; readonly text: string };

export type Decision = {
  readonly kind: 'approve' | 'reject';
  /** Accepted operation ids; empty when rejected. */
  readonly operations: readonly string[];
  readonly comment: string | null;
  readonly by: 'person' | 'auto';
};

/**
 * Which operations a decision accepts. Without `wanted`, all. An unknown id, or one whose required operation is left
 * out, is a problem that names both: nothing is added to or dropped from what the person chose.
 */
export function chooseOperations(
  outlines: readonly OperationOutline[],
  wanted: readonly string[] | undefined,
): Checked<readonly string[]> {
  if (wanted === undefined) return { ok: true, value: outlines.map((outline) => outline.id) };
  const byId = new Map(outlines.map((outline) => [outline.id, outline]));
  const chosen = new Set(wanted);
  const problems: Problem[] = [];
  for (const id of chosen) {
    const outline = byId.get(id);
    if (outline === undefined) {
      problems.push({ path: 'operations', message: `${id} is not an operation of this proposal` });
      continue;
    }
    const missing = outline.requires.filter((required) => !chosen.has(required));
    if (missing.length > 0) {
      problems.push({
        path: 'operations',
        message: `${id} needs ${missing.join(', ')}: accept those too, or leave ${id} out`,
      });
    }
  }
  const value = outlines.map((outline) => outline.id).filter((id) => chosen.has(id));
  return problems.length === 0 ? { ok: true, value } : { ok: false, problems };
}

/** The ids left when `refused` are taken out together with everything that needs them, directly or not. */
export function withoutOperations(
  outlines: readonly OperationOutline[],
  refused: readonly string[],
): readonly string[] {
  const gone = new Set(refused);
  let grew = true;
  while (grew) {
    grew = false;
    for (const outline of outlines) {
      if (gone.has(outline.id) || !outline.requires.some((required) => gone.has(required))) continue;
      gone.add(outline.id);
      grew = true;
    }
  }
  return outlines.map((outline) => outline.id).filter((id) => !gone.has(id));
}
