export const sourceKinds = ['note', 'task', 'project', 'brain_dump', 'file'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** What of a person's records may be read: kinds of sources, and of one project alone where it is named. */
export type SourceScope = { readonly kinds: readonly SourceKind[]; readonly projectId: string | null };

/** All of them. */
export const everySource: SourceScope = { kinds: sourceKinds, projectId: null };

/** A record as a source of knowledge. */
export type SourceRef = { readonly kind: SourceKind; readonly id: string };

/** A stretch of a source, by its characters: [start, end); the whole of it without. */
export type SourceStretch = SourceRef & { readonly start?: number; readonly end?: number };

/** A source's text, or a stretch of it, exactly as stored. */
export type SourceExcerpt = SourceRef & {
  readonly title: string;
  readonly text: string;
  /** Where `text` begins in the source's whole text, in characters. */
  readonly start: number;
  /** True when the source is longer than `text`. */
  readonly cut: boolean;
  /** SHA-256 (hex) of the whole text. */
  readonly sha256: string;
  readonly updatedAt: string;
  readonly projectId: string | null;
};

/** What a call wants to know of the person's records: what a search finds, and what it names. */
export type SourceSearch = {
  /** Each is searched for; the best of all come first. */
  readonly queries: readonly string[];
  /** All kinds when left out. */
  readonly kinds?: readonly SourceKind[];
  readonly projectId?: string | null;
  /** Most sources over all queries; 10 when left out. Of a long one the stretches that fit best are read. */
  readonly limit?: number;
  /** Read anew in this order, before what is found; what is not there any more is left out. */
  readonly read?: readonly SourceStretch[];
};

/** What a tool answered to an agent of this run, as it stands in the loop's transcript. */
export type ToolResultFacts = {
  readonly loop: string;
  readonly callId: string;
  readonly tool: string;
  readonly content: string;
  /** SHA-256 (hex) of `content`. */
  readonly sha256: string;
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
