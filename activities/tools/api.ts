import type { RunChange } from '../../src/contract/events.ts';
import type { SourceScope } from '../../src/contract/facts/source-facts.ts';
import type { RunRef } from '../../src/contract/run.ts';
import type { StepRef } from '../../src/contract/step.ts';

export type UseToolParams = {
  readonly run: RunRef;
  readonly step: StepRef;
  readonly loop: string;
  /** A call in the loop's transcript; its arguments are read there. */
  readonly callId: string;
  readonly granted: readonly string[];
  /** What of the person's records the call may read; all of them when there is none. */
  readonly scope?: SourceScope | undefined;
  /** `allowed` by a person; `run` needs nobody's consent; `refused` was no possible call when the model made it. */
  readonly verdict: 'run' | 'allowed' | 'denied' | 'refused';
  readonly changes: readonly RunChange[];
};

/** `summary` is short; the whole result goes to the transcript. `progress` is false when it changed nothing and told nothing new. */
export type ToolOutcome = { readonly ok: boolean; readonly summary: string; readonly resultDigest: string };

/** The agent loop's tools: Steward's own on the task queue `steward-records`, those from outside on `steward-tools`. */
export interface ToolActivities {
  /** Runs one tool call and appends its result to the transcript; a failure is a result that the model sees. */
  useTool(params: UseToolParams): Promise<ToolOutcome>;
}
