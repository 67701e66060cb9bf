export const sourceKinds = ['note', 'task', 'project', 'brain_dump', 'file'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** A record as a source of knowledge: its text, or a stretch of it, exactly as stored. */
export type SourceExcerpt = {
  readonly kind: SourceKind;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** True when the source is longer than `text`. */
  readonly cut: boolean;
  /** SHA-256 (hex) of the whole text. */
  readonly sha256: string;
  readonly updatedAt: string;
};

/** What a call wants to be searched for in the person's records. */
export type SourceSearch = {
  readonly queries: readonly string[];
  /** All kinds when left out. */
  readonly kinds?: readonly SourceKind[];
  readonly projectId?: string | null;
  /** Most sources over all queries. */
  readonly limit?: number;
};

/** A note as it is named in passing; `excerpt` is its beginning. */
export type RecentNoteFacts = {
  readonly id: string;
  readonly title: string | null;
  readonly excerpt: string;
  readonly projectId: string | null;
  readonly updatedAt: string;
};

export type BrainDumpFacts = {
  readonly id: string;
  readonly title: string | null;
  readonly content: string;
  readonly projectId: string | null;
  readonly status: string;
};
