import type { Page } from './runs-api.ts';
import type { JsonObject } from '../contract/json.ts';

export const recordKinds = ['projects', 'tasks', 'phases', 'notes', 'brain-dumps'] as const;
export type RecordKind = (typeof recordKinds)[number];

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

export type DependencyView = {
  readonly taskId: string;
  readonly dependsOnId: string;
  readonly kind: 'hard' | 'soft';
  readonly reason: string | null;
};
