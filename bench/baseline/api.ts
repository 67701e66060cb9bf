import type { Json } from '../../src/contract/json.ts';
import type { RunRef } from '../../src/contract/run.ts';

export type BaselineArgument = {
  readonly runId: string;
  readonly userId: string;
  readonly input: { readonly userPrompt: string };
};
export type BaselineStep = {
  readonly number: number;
  readonly type: 'model' | 'proposal' | 'decision' | 'apply' | 'file';
  readonly name: string;
  readonly slot: string | null;
  readonly phase: string;
};
type OfStep = { readonly run: RunRef; readonly step: BaselineStep };

export type Usage = {
  readonly model: string;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly usd: number | null;
  readonly ms: number;
};
export type ModelAnswer = { readonly output: Json; readonly usage: Usage };
export type StoredProposal = {
  readonly proposalId: string;
  readonly digest: string;
  readonly title: string;
  readonly operations: readonly string[];
};

/** The same steps as Steward's planning, each an activity. */
export interface BaselineActivities {
  register(
    argument: BaselineArgument & { readonly workflowId: string; readonly temporalRunId: string },
  ): Promise<RunRef>;
  enterPhase(params: { readonly run: RunRef; readonly phase: string }): Promise<void>;
  askModel(params: OfStep): Promise<ModelAnswer>;
  saveStep(params: OfStep & { readonly output: Json; readonly usage: Usage | null }): Promise<void>;
  propose(params: OfStep): Promise<StoredProposal>;
  openRequest(params: {
    readonly run: RunRef;
    readonly requestId: string;
    readonly proposal: StoredProposal;
  }): Promise<void>;
  closeRequest(params: {
    readonly run: RunRef;
    readonly requestId: string;
    readonly accepted: readonly string[];
  }): Promise<void>;
  decide(params: OfStep & { readonly proposal: StoredProposal }): Promise<void>;
  applyRecords(params: OfStep & { readonly proposal: StoredProposal }): Promise<number>;
  applyCalendar(params: OfStep & { readonly proposal: StoredProposal }): Promise<number>;
  saveFile(params: OfStep & { readonly from: number }): Promise<{ readonly sha256: string; readonly size: number }>;
  finish(params: { readonly run: RunRef; readonly result: Json }): Promise<void>;
}
