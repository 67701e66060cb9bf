import type { RunChange } from '../../src/contract/events.ts';
import type { RunRef } from '../../src/contract/run.ts';
import type { StepRef } from '../../src/contract/step.ts';

export type SaveArtifactParams = {
  readonly run: RunRef;
  readonly step: StepRef;
  readonly name: string;
  readonly mimeType: string;
  /** The step whose output holds the text, and the dotted field in it. */
  readonly from: { readonly step: number; readonly field: string };
  readonly changes: readonly RunChange[];
};
export type SavedArtifact = { readonly artifactId: string; readonly sha256: string; readonly sizeBytes: number };

/** Effects on the file store, on the task queue `steward-records`. */
export interface FilesActivities {
  /** Stores a text from a step's output under its SHA-256 and lists it as the run's artifact. */
  saveArtifact(params: SaveArtifactParams): Promise<SavedArtifact>;
}
