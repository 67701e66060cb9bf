import type { SourceKind } from '../contract/facts/source-facts.ts';
import type { Page } from './runs-api.ts';

export const largestFileBytes = 20 * 1_048_576;
export const mostFilesAtOnce = 10;

export type FileView = {
  readonly id: string;
  readonly name: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly projectId: string | null;
  readonly taskId: string | null;
  /** Whether text was found in it; without, it is kept but no search finds it. */
  readonly searchable: boolean;
  readonly createdAt: string;
};
export type SearchHitView = {
  readonly kind: SourceKind;
  readonly id: string;
  readonly title: string;
  /** From 0 to 1. */
  readonly rank: number;
  readonly excerpt: string;
  readonly updatedAt: string;
  readonly projectId: string | null;
};
/** What files may belong to. */
export type FileOwner = { readonly projectId?: string; readonly taskId?: string };
export type FileContent = {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
};
export type NewFile = FileContent & FileOwner;
export type NewFiles = FileOwner & { readonly files: readonly FileContent[] };

/** Attached files, and the search over them and all records. */
export interface FilesApi {
  /** Throws `invalid_input` for a file that is empty or not what its type says, `payload_too_large` above 20 MB. */
  addFile(params: NewFile): Promise<FileView>;
  /** All of them or none, ten at most; what is wrong with one is named as `files.<n>.<field>`. */
  addFiles(params: NewFiles): Promise<readonly FileView[]>;
  listFiles(params: {
    readonly projectId?: string;
    readonly taskId?: string;
    readonly cursor?: string;
    readonly limit?: number;
  }): Promise<Page<FileView>>;
  getFile(params: { readonly fileId: string }): Promise<FileView>;
  readFile(params: {
    readonly fileId: string;
  }): Promise<{ readonly file: FileView; readonly bytes: Uint8Array<ArrayBuffer> }>;
  deleteFile(params: { readonly fileId: string }): Promise<void>;
  /** Best first; all kinds and 20 hits unless told. */
  search(params: {
    readonly query: string;
    readonly kinds?: readonly SourceKind[];
    readonly projectId?: string;
    readonly limit?: number;
  }): Promise<readonly SearchHitView[]>;
}
