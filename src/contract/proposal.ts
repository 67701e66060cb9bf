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

/** An operation's id and what it needs. */
export type OperationOutline = { readonly id: string; readonly requires: readonly string[] };

/** All that the sandbox keeps of a proposal's operations: their outlines, or of a long one how many there are. */
export type CarriedOperations = readonly OperationOutline[] | { readonly total: number };

// Some 300 operations. Several results carry them, and each continuation of the run, in payloads of 256 KB.
const carriedChars = 16_000;

/** What a workflow is given of these operations. */
export function carryOperations(outlines: readonly OperationOutline[]): CarriedOperations {
  return JSON.stringify(outlines).length <= carriedChars ? outlines : { total: outlines.length };
}

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

/**
 * What is accepted of a proposal whose operations stay in the database: all of it, or what the stored choice leaves
 * (`choiceId`). `accepted` counts.
 */
export type StoredChoice = { readonly choiceId: string | null; readonly accepted: number };

export type Decision = {
  readonly kind: 'approve' | 'reject';
  /** Accepted operation ids; empty when rejected, and when `choice` says what is accepted. */
  readonly operations: readonly string[];
  readonly comment: string | null;
  readonly by: 'person' | 'auto';
  readonly choice?: StoredChoice;
};

/** The decision to accept all operations, without its words. */
export function acceptAll(carried: CarriedOperations): Pick<Decision, 'operations' | 'choice'> {
  if ('total' in carried) return { operations: [], choice: { choiceId: null, accepted: carried.total } };
  return { operations: carried.map((outline) => outline.id) };
}

/** How many operations a decision accepts. */
export function acceptedCount({ operations, choice }: Pick<Decision, 'operations' | 'choice'>): number {
  return choice?.accepted ?? operations.length;
}

/** Which operations somebody wants: these, all but these and what needs them, or all. */
export type WantedOperations = {
  readonly operations?: readonly string[] | undefined;
  readonly except?: readonly string[] | undefined;
};

// A choice can be wrong in thousands of places; nobody reads more than the first ones.
const mostProblems = 20;

/**
 * Which operations a decision accepts. Without `wanted`, all. An unknown id, one whose required operation is left out, or
 * `operations` beside `except` is a problem: nothing is added to or dropped from what the person chose.
 */
export function chooseOperations(
  outlines: readonly OperationOutline[],
  { operations, except }: WantedOperations = {},
): Checked<readonly string[]> {
  if (operations !== undefined && except !== undefined)
    return { ok: false, problems: [{ path: 'except', message: 'give operations or except, not both' }] };
  if (except !== undefined) return exceptOperations(outlines, except);
  if (operations === undefined) return { ok: true, value: outlines.map((outline) => outline.id) };
  const byId = new Map(outlines.map((outline) => [outline.id, outline]));
  const chosen = new Set(operations);
  const problems: Problem[] = [];
  for (const id of chosen) {
    const outline = byId.get(id);
    if (outline === undefined) {
      problems.push(unknownOperation('operations', id));
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
  return problems.length === 0 ? { ok: true, value } : { ok: false, problems: firstOf(problems) };
}

function exceptOperations(
  outlines: readonly OperationOutline[],
  except: readonly string[],
): Checked<readonly string[]> {
  const known = new Set(outlines.map((outline) => outline.id));
  const problems = except.filter((id) => !known.has(id)).map((id) => unknownOperation('except', id));
  return problems.length === 0
    ? { ok: true, value: withoutOperations(outlines, except) }
    : { ok: false, problems: firstOf(problems) };
}

function unknownOperation(path: 'operations' | 'except', id: string): Problem {
  return { path, message: `${id} is not an operation of this proposal` };
}

function firstOf(problems: readonly Problem[]): readonly Problem[] {
  const more = problems.length - mostProblems;
  const path = problems[0]?.path ?? '';
  return more <= 0 ? problems : [...problems.slice(0, mostProblems), { path, message: `and ${more} more` }];
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
