import type { SourceKind } from '../../contract/facts/source-facts.ts';
import type { Default, DefaultTimestamp, Nullable } from './columns.ts';

/** Files that a person attached; their bytes lie in the file store under `sha256`. */
export interface FilesTable {
  id: Default<string>;
  user_id: string;
  project_id: Nullable<string>;
  task_id: Nullable<string>;
  name: string;
  mime_type: string;
  size_bytes: number;
  sha256: string;
  /** What was read out of the bytes; null for a kind of file that Steward can't read. */
  text: Nullable<string>;
  created_at: DefaultTimestamp;
}

/** What full-text search looks through: kept by triggers, never written by code. */
export interface SearchPartsTable {
  user_id: string;
  kind: SourceKind;
  source_id: string;
  part: number;
  project_id: Nullable<string>;
  document: string;
}
