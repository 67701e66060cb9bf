import type { Problem } from './errors.ts';
import type { Checked } from './request.ts';
import type { CancelEvent, MoveEvent, ScheduleEvent } from './operations/calendar.ts';
import type {
  CreateBrainDump,
  CreateNote,
  LinkBrainDump,
  SaveDailyBrief,
  UpdateBrainDump,
  UpdateNote,
  UpdateUserContext,
} from './operations/knowledge.ts';
import type { CreatePhase, CreateProject, DeletePhase, UpdatePhase, UpdateProject } from './operations/projects.ts';
import type {
  AddDependency,
  CreateTask,
  LinkEvent,
  MergeTasks,
  MoveTask,
  RemoveDependency,
  SetTaskStatus,
  UpdateTask,
} from './operations/tasks.ts';

export { priorities } from './operations/base.ts';
export type { Priority } from './operations/base.ts';
export type * from './operations/calendar.ts';
export type * from './operations/knowledge.ts';
export type * from './operations/projects.ts';
export type * from './operations/tasks.ts';

export type CalendarOperation = ScheduleEvent | MoveEvent | CancelEvent;
/** Operations on records; events are written by the calendar activities. */
export type RecordOperation =
  | CreateProject
  | UpdateProject
  | CreatePhase
  | UpdatePhase
  | DeletePhase
  | CreateTask
  | UpdateTask
  | SetTaskStatus
  | MoveTask
  | MergeTasks
  | AddDependency
  | RemoveDependency
  | LinkEvent
  | CreateNote
  | UpdateNote
  | CreateBrainDump
  | UpdateBrainDump
  | LinkBrainDump
  | UpdateUserContext
  | SaveDailyBrief;
export type Operation = RecordOperation | CalendarOperation;
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
