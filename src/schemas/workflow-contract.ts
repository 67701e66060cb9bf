import type { ZodType } from 'zod';
import type { Problem } from '../contract/errors.ts';
import type { DraftTools, FactName, FactSheet } from '../contract/facts.ts';
import type { SourceSearch } from '../contract/facts/source-facts.ts';
import type { JsonObject, Json } from '../contract/json.ts';
import type { ProposalDraft } from '../contract/proposal.ts';
import type { StreamContract } from '../contract/types/stream.ts';

export type JsonProfile = 'fast' | 'balanced' | 'powerful' | 'maximum';

/** What a model is asked: instructions, and named sections of facts (untrusted text stays inside its section). */
export type Prompt = { readonly instructions: string; readonly sections: Readonly<Record<string, Json>> };

/**
 * One kind of model call of a workflow type. `Output` is the whole answer, kept in the step's row; `view` is the small
 * part that the workflow sees and its history carries.
 */
export interface CallContract<Output = never, Params extends JsonObject = never, View extends Json = Json> {
  readonly profile: { readonly kind: 'json'; readonly name: JsonProfile };
  readonly maxOutputTokens: number;
  readonly temperature: number;
  readonly output: ZodType<Output>;
  readonly facts: readonly FactName[];
  title(params: Params): string;
  /** What `facts.found` is to hold: worked out from the other facts. Nothing where it is left out. */
  search?(facts: FactSheet, params: Params): SourceSearch | null;
  prompt(facts: FactSheet, params: Params): Prompt;
  /**
   * For a call that sends a part of its facts: about the most that one of its prompts has of them, as is known when the run
   * starts. So much is set aside before it is asked; a prompt that is larger says so, and waits until more is.
   */
  largest?(facts: FactSheet): Json;
  /** References and rules that the schema can't hold: invented ids, cycles. Empty when all is well. */
  check(output: Output, facts: FactSheet, params: Params): readonly Problem[];
  reasoning(output: Output): string;
  view(output: Output): View;
}

/** Pure code that turns facts and outputs into a proposal. */
export interface DraftContract<Params extends JsonObject = never> {
  readonly facts: readonly FactName[];
  title(params: Params): string;
  draft(facts: FactSheet, params: Params, tools: DraftTools): ProposalDraft;
}

/**
 * Pure code that works something out of facts and earlier outputs: no model is asked. `output` is kept in the step's
 * row, where later calls read it under the computation's name; `view` is the small part that the workflow sees.
 */
export interface ComputationContract<
  Output extends object = never,
  Params extends JsonObject = never,
  View extends Json = Json,
> {
  readonly facts: readonly FactName[];
  title(params: Params): string;
  /** As a call's. */
  search?(facts: FactSheet, params: Params): SourceSearch | null;
  compute(facts: FactSheet, params: Params, tools: DraftTools): Output;
  reasoning(output: Output): string;
  view(output: Output): View;
}

/**
 * Work that a model does with tools. The goal and its facts open the loop's transcript in the database; `result` is what
 * the loop must finish with, kept whole in its last step's row under the agent's name.
 */
export interface AgentContract<Result = never, Params extends JsonObject = never, View extends Json = Json> {
  readonly profile: { readonly kind: 'json'; readonly name: JsonProfile };
  readonly maxOutputTokens: number;
  readonly facts: readonly FactName[];
  title(params: Params): string;
  goal(facts: FactSheet, params: Params): Prompt;
  readonly result: ZodType<Result>;
  /** References and rules that the schema can't hold. Empty when all is well. */
  check(result: Result, facts: FactSheet, params: Params): readonly Problem[];
  view(result: Result): View;
}

/** A call or draft with its own types forgotten: what the catalog hands to activities. */
export interface AnyCall {
  readonly profile: CallContract['profile'];
  readonly maxOutputTokens: number;
  readonly temperature: number;
  readonly output: ZodType;
  readonly facts: readonly FactName[];
  title(params: JsonObject): string;
  search?(facts: FactSheet, params: JsonObject): SourceSearch | null;
  prompt(facts: FactSheet, params: JsonObject): Prompt;
  largest?(facts: FactSheet): Json;
  check(output: Json, facts: FactSheet, params: JsonObject): readonly Problem[];
  reasoning(output: Json): string;
  view(output: Json): Json;
}
export interface AnyDraft {
  readonly facts: readonly FactName[];
  title(params: JsonObject): string;
  draft(facts: FactSheet, params: JsonObject, tools: DraftTools): ProposalDraft;
}
export interface AnyComputation {
  readonly facts: readonly FactName[];
  title(params: JsonObject): string;
  search?(facts: FactSheet, params: JsonObject): SourceSearch | null;
  compute(facts: FactSheet, params: JsonObject, tools: DraftTools): object;
  reasoning(output: Json): string;
  view(output: Json): Json;
}
export interface AnyAgent {
  readonly profile: AgentContract['profile'];
  readonly maxOutputTokens: number;
  readonly facts: readonly FactName[];
  title(params: JsonObject): string;
  goal(facts: FactSheet, params: JsonObject): Prompt;
  readonly result: ZodType;
  check(result: Json, facts: FactSheet, params: JsonObject): readonly Problem[];
  view(result: Json): Json;
}

/** All that gateway, CLI, docs and activities know of a workflow type: data, no workflow code. */
export interface WorkflowContract {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly description: string;
  readonly phases: readonly { readonly name: string; readonly title: string }[];
  readonly input: ZodType;
  readonly options: ZodType;
  readonly result: ZodType;
  readonly examples: readonly JsonObject[];
  readonly calls: Readonly<Record<string, AnyCall>>;
  readonly drafts: Readonly<Record<string, AnyDraft>>;
  readonly computations?: Readonly<Record<string, AnyComputation>>;
  readonly agents?: Readonly<Record<string, AnyAgent>>;
  /** Where the gateway starts it and tells of it in one stream, beside `POST /api/runs`. */
  readonly stream?: StreamContract;
  /** Names a run that was started without a name, from its input. */
  nameRun(input: JsonObject): string;
}

/**
 * Forgets a call's own types once its output was checked by its own schema: the one place where they are cast.
 * Sound because activities only hand it values that `output` parsed, and params that the workflow typed.
 */
export function anyCall<Output, Params extends JsonObject, View extends Json>(
  call: CallContract<Output, Params, View>,
): AnyCall {
  return call as unknown as AnyCall;
}

/** The same for a draft's params. */
export function anyDraft<Params extends JsonObject>(draft: DraftContract<Params>): AnyDraft {
  return draft;
}

/** The same for a computation, whose output only its own `reasoning` and `view` are handed. */
export function anyComputation<Output extends object, Params extends JsonObject, View extends Json>(
  computation: ComputationContract<Output, Params, View>,
): AnyComputation {
  return computation as unknown as AnyComputation;
}

/** The same for an agent, whose result its own schema parsed. */
export function anyAgent<Result, Params extends JsonObject, View extends Json>(
  agent: AgentContract<Result, Params, View>,
): AnyAgent {
  return agent as unknown as AnyAgent;
}
