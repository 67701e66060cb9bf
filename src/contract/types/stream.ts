/** How far a run is when it enters a phase, in the words of a type's own stream. */
export type StreamProgress = { readonly phase: string; readonly name: string; readonly percent: number };

/**
 * An address that starts a run of a type and tells of it in one stream: the gateway serves one for every type that
 * declares one.
 */
export type StreamContract = {
  /** `/api/brain-dump/process` */
  readonly path: string;
  readonly summary: string;
  /** The field of the input that takes what the body calls `content` or `text`. */
  readonly textField: string;
  readonly progress: readonly StreamProgress[];
};

/** A stream with the name of the type that it starts. */
export type TypeStream = StreamContract & { readonly type: string };
