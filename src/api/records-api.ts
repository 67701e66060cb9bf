import type { Page } from './runs-api.ts';
import type { JsonObject } from '../contract/json.ts';
import type { EventRole } from '../contract/operations/tasks.ts';

export const recordKinds = ['projects', 'tasks', 'phases', 'notes', 'brain-dumps'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** What a list of each kind can be narrowed by. */
export const recordFilters: Readonly<Record<RecordKind, readonly ('projectId' | 'status')[]>> = {
  projects: ['status'],
  tasks: ['projectId', 'status'],
  phases: ['projectId'],
  notes: ['projectId'],
  'brain-dumps': ['projectId', 'status'],
};

/** A row of a record table with the columns' own names (`due_date`, not `dueDate`); times are ISO 8601 in UTC. */
export type RecordRow = JsonObject & { readonly id: string };
export type RecordFilter = {
  readonly projectId?: string;
  readonly status?: string;
  readonly cursor?: string;
  readonly limit?: number;
};

/** A person's records. Columns and their checks: `src/schemas/records.ts`. */
export interface RecordsApi {
  listRecords(params: { readonly kind: RecordKind } & RecordFilter): Promise<Page<RecordRow>>;
  /** A task comes with its `events` (`TaskEventView`), as it does when it is made or changed. */
  getRecord(params: { readonly kind: RecordKind; readonly id: string }): Promise<RecordRow>;
  createRecord(params: { readonly kind: RecordKind; readonly values: JsonObject }): Promise<RecordRow>;
  updateRecord(params: {
    readonly kind: RecordKind;
    readonly id: string;
    readonly changes: JsonObject;
  }): Promise<RecordRow>;
  deleteRecord(params: { readonly kind: RecordKind; readonly id: string }): Promise<void>;
  listDependencies(params: {
    readonly projectId?: string;
    readonly taskId?: string;
  }): Promise<readonly DependencyView[]>;
  getUserContext(): Promise<JsonObject>;
  setUserContext(params: { readonly changes: JsonObject }): Promise<JsonObject>;
  /** Everything the person owns but attached files, as one JSON document; `importAll` takes it back (existing ids are skipped). */
  exportAll(): Promise<JsonObject>;
  importAll(params: {
    readonly document: JsonObject;
  }): Promise<{ readonly created: Readonly<Record<string, number>>; readonly skipped: number }>;
}

/**
 * A calendar event of a task: `block` is time set aside for it. What the calendar does not have is null; `start` and `end`
 * are instants, or dates of an all-day event.
 */
export type TaskEventView = {
  readonly uid: string;
  /** The instance of a series, by its original start; null for the event itself. */
  readonly recurrenceId: string | null;
  readonly role: EventRole | 'block';
  readonly title: string | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly allDay: boolean;
};

export type DependencyView = {
  readonly taskId: string;
  readonly dependsOnId: string;
  readonly kind: 'hard' | 'soft';
  readonly reason: string | null;
};
