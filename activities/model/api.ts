import type { Reservation } from '../../src/contract/budget.ts';
import type { RunChange } from '../../src/contract/events.ts';
import type { SourceScope } from '../../src/contract/facts/source-facts.ts';
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
  /** An agent of the type; its goal is composed here, from facts, and opens the transcript. */
  readonly agent: string;
  readonly params: JsonObject;
  readonly tools: readonly string[];
  /** What of the person's records the tools may read; all of them when there is none. */
  readonly scope?: SourceScope | undefined;
  readonly turn: number;
  /** The agent's own number when null. */
  readonly maxOutputTokens: number | null;
  readonly grant: Reservation;
  readonly preferCheaper: boolean;
  readonly leftUsd: number | null;
  readonly settled: CallCost;
  readonly invocation: number;
  readonly changes: readonly RunChange[];
};

export type ToolCallOutline = {
  /** Unique in the loop, whatever the model called it. */
  readonly callId: string;
  readonly tool: string;
  readonly access: 'read' | 'write';
  readonly policy: 'auto' | 'confirm' | 'deny';
  /** Of tool and arguments, to notice the same call again. */
  readonly digest: string;
  /** Text of the arguments: their beginning, or all of them where a person is asked. */
  readonly preview: string;
  /** Set when the call can't run (unknown tool, bad parameters): the model sees it as the call's result. */
  readonly refusal: string | null;
};

type TurnBase = {
  readonly cost: CallCost;
  /** What the next turn is likely to need, so that it need not be asked twice. */
  readonly expected?: Reservation;
};

/** `repair`: neither a call nor a valid result; the model was told what is wrong. */
export type AgentTurnResult =
  | (TurnBase & { readonly kind: 'act'; readonly calls: readonly ToolCallOutline[] })
  | (TurnBase & { readonly kind: 'repair' })
  | (TurnBase & { readonly kind: 'finish'; readonly result: Json })
  | { readonly kind: 'needs'; readonly grant: Reservation; readonly cost: CallCost };

/** Calls to language models, on the task queue `steward-model`. */
export interface ModelActivities {
  /** Gathers the call's facts, asks, validates, stores; a retry of a finished call pays nothing. */
  callModel(params: CallModelParams): Promise<CallModelResult>;
  /** One turn of an agent loop: the model reasons and asks for tools, or finishes. */
  takeAgentTurn(params: AgentTurnParams): Promise<AgentTurnResult>;
}
