import type { Reservation } from '../../src/contract/budget.ts';
import type { RunChange } from '../../src/contract/events.ts';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { RunRef } from '../../src/contract/run.ts';
import type { CallCost, StepRef } from '../../src/contract/step.ts';

export type CallModelParams = {
  readonly run: RunRef;
  readonly step: StepRef;
  /** A call of the type's `prompts.ts`. */
  readonly call: string;
  readonly params: JsonObject;
  /** What this call may cost at most; nothing beyond it is ever asked of a provider. */
  readonly grant: Reservation;
  readonly preferCheaper: boolean;
  /** What the run may still spend, the grant included; null for no limit. The call keeps to its share of it. */
  readonly leftUsd: number | null;
  /** What the workflow has settled for this step already: earlier costs of the step beyond it count against the grant. */
  readonly settled: CallCost;
  /** Counts the activities scheduled for this step, from 0: with the attempt it fences out older ones. */
  readonly invocation: number;
  readonly changes: readonly RunChange[];
};

/** `needs` means nothing (more) was asked because the grant is too small; `cost` is what was spent until then. */
export type CallModelResult =
  | { readonly kind: 'answered'; readonly view: Json; readonly cost: CallCost }
  | { readonly kind: 'needs'; readonly grant: Reservation; readonly cost: CallCost };

export type AgentTurnParams = {
  readonly run: RunRef;
  readonly step: StepRef;
  /** Names the loop's transcript, which lives in the database. */
  readonly loop: string;
  readonly goal: string;
  readonly tools: readonly string[];
  readonly turn: number;
  readonly maxOutputTokens: number;
  readonly grant: Reservation;
  readonly preferCheaper: boolean;
  readonly leftUsd: number | null;
  readonly settled: CallCost;
  readonly invocation: number;
  readonly changes: readonly RunChange[];
};

export type ToolCallOutline = {
  readonly callId: string;
  readonly tool: string;
  readonly access: 'read' | 'write';
  readonly policy: 'auto' | 'confirm' | 'deny';
  /** Of tool and arguments, to notice the same call again. */
  readonly digest: string;
  /** Short text of the arguments, for the person who confirms. */
  readonly preview: string;
  /** Set when the call can't run (unknown tool, bad parameters): the model sees it as the call's result. */
  readonly refusal: string | null;
};

export type AgentTurnResult =
  | {
      readonly kind: 'act';
      readonly calls: readonly ToolCallOutline[];
      readonly reasoning: string | null;
      readonly cost: CallCost;
    }
  | { readonly kind: 'finish'; readonly result: Json; readonly reasoning: string | null; readonly cost: CallCost }
  | { readonly kind: 'needs'; readonly grant: Reservation; readonly cost: CallCost };

/** Calls to language models, on the task queue `steward-model`. */
export interface ModelActivities {
  /** Gathers the call's facts, asks, validates, stores; a retry of a finished call pays nothing. */
  callModel(params: CallModelParams): Promise<CallModelResult>;
  /** One turn of an agent loop: the model reasons and asks for tools, or finishes. */
  takeAgentTurn(params: AgentTurnParams): Promise<AgentTurnResult>;
}
