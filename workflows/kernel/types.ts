import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { SourceScope } from '../../src/contract/facts/source-facts.ts';
import type { Decision } from '../../src/contract/proposal.ts';
import type { Answers, Question } from '../../src/contract/request.ts';
import type { CommonOptions } from '../../src/contract/run.ts';
import type { BatchItem, BatchParams, BatchView } from '../../src/contract/types/shapes.ts';

/** The compile-time face of a workflow type: what its contract says, without its code. */
export interface TypeShape {
  readonly input: object;
  readonly options: CommonOptions;
  readonly result: Json;
  readonly phase: string;
  readonly calls: Readonly<Record<string, { readonly params: JsonObject; readonly view: Json }>>;
  readonly drafts: Readonly<Record<string, { readonly params: JsonObject }>>;
  readonly computations?: Readonly<Record<string, { readonly params: JsonObject; readonly view: Json }>>;
  readonly agents?: Readonly<Record<string, { readonly params: JsonObject; readonly view: Json }>>;
}

type Computations<T extends TypeShape> = NonNullable<T['computations']>;
type Agents<T extends TypeShape> = NonNullable<T['agents']>;
/** Whatever keeps an output in its step's row. */
type OutputName<T extends TypeShape> = (keyof T['calls'] | keyof Computations<T> | keyof Agents<T>) & string;

/**
 * Who decides about a proposal where the options don't say: the person (`ask`, the default); nobody when the draft is at
 * least this sure of all of it (`{ sure: 0.9 }`); nobody at all, for what is the run's own product (`own`).
 */
export type Asking = 'ask' | 'own' | { readonly sure: number };

/** What a proposal turned out to be, and what was decided about it. */
export type Proposal = {
  readonly proposalId: string;
  readonly digest: string;
  readonly revision: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly decision: Decision;
};

/** What became of the operations of a proposal. */
export type AppliedCounts = { readonly applied: number; readonly refused: number; readonly failed: number };

/** What an agent of the type is to do, and what it may do it with: tools by name, or as `grants.ts` says. */
export type AgentTask<Params> = {
  readonly params: Params;
  readonly tools: readonly string[];
  /** What of the person's records those tools may read; all of them when left out. */
  readonly scope?: SourceScope;
  /** Most turns of the model; 30 when left out. */
  readonly maxTurns?: number;
  /** Most tokens of one turn's answer; the agent's own number when left out. */
  readonly maxOutputTokens?: number;
  /** Tells agents of one name that work side by side apart. */
  readonly slot?: string;
};

/** Why a loop ended without a result. */
export type LoopBreak = 'repeated_calls' | 'ping_pong' | 'no_progress' | 'max_turns' | 'invalid_result';

export type AgentEnd<View extends Json = Json> =
  | { readonly reason: 'finished'; readonly result: View; readonly turns: number }
  | { readonly reason: LoopBreak; readonly result: null; readonly turns: number };

type BatchCall = { readonly params: BatchParams; readonly view: BatchView };

/** The calls of a type that answer several items at once: keys in, a view of each out. */
export type BatchCalls<T extends TypeShape> = {
  readonly [C in keyof T['calls'] & string]: T['calls'][C] extends BatchCall ? C : never;
}[keyof T['calls'] & string];

export type BatchOptions<Params> = {
  /** What the call takes beside the items' keys. */
  readonly params: Omit<Params, 'items'>;
  /** Most items of one call; 20 when left out. */
  readonly maxItems?: number;
  /** Most characters of one call's items; 12,000 when left out. A larger item goes alone. */
  readonly maxChars?: number;
  /** Tells batches of one call that are made side by side apart. */
  readonly slot?: string;
};

/** What a batched call says of one item. */
export type ItemView<View> = View extends { readonly items: readonly (infer Item)[] } ? Item : never;

/** What a workflow's body works with: each call is a numbered step of the run's decision history. */
export interface Run<T extends TypeShape> {
  readonly id: string;
  readonly userId: string;
  readonly projectId: string | null;
  readonly options: T['options'];
  /** Enters a phase: a column of the run's board. */
  phase(name: T['phase']): void;
  /**
   * Asks a model by one of the type's calls. `slot` tells parallel calls of one name apart. Returns the call's view;
   * the whole answer stays in the step's row. Fails with `model_failed` when no model gave a valid answer.
   */
  model<C extends keyof T['calls'] & string>(
    call: C,
    params: T['calls'][C]['params'],
    slot?: string,
  ): Promise<T['calls'][C]['view']>;
  /**
   * Asks about many small things with few calls: items are packed in order, each batch is one step (slots `b1`, `b2`, …,
   * side by side). Returns the items' views in their order. The call's `check` refuses answers that leave items out
   * (`batchProblems`).
   */
  batched<C extends BatchCalls<T>>(
    call: C,
    items: readonly BatchItem[],
    options: BatchOptions<T['calls'][C]['params']>,
  ): Promise<readonly ItemView<T['calls'][C]['view']>[]>;
  /**
   * Works something out by one of the type's computations: its own pure code over facts and earlier outputs. Returns the
   * computation's view; the whole stays in the step's row, where later calls read it.
   */
  compute<C extends keyof Computations<T> & string>(
    computation: C,
    params: Computations<T>[C]['params'],
    slot?: string,
  ): Promise<Computations<T>[C]['view']>;
  /** Asks the person; returns at once when there is nothing to ask. */
  clarify(title: string, questions: readonly Question[]): Promise<Answers>;
  /** Drafts a proposal by one of the type's drafts and waits for the decision (unless the run may execute by itself). */
  propose<D extends keyof T['drafts'] & string>(
    draft: D,
    params: T['drafts'][D]['params'],
    asking?: Asking,
  ): Promise<Proposal>;
  /** Applies what was accepted, each operation once; taken back if the run is cancelled meanwhile. */
  apply(proposal: Proposal): Promise<AppliedCounts>;
  /** Keeps a text from the latest answer of a call, a computation or an agent as a file of the run. */
  artifact(file: {
    readonly name: string;
    readonly mimeType: string;
    readonly call: OutputName<T>;
    readonly field: string;
  }): Promise<void>;
  /**
   * Lets a model work towards the goal of one of the type's agents, with the tools granted and no others, until it
   * finishes with a valid result, goes in circles, or runs out of turns. Returns the result's view; the whole is kept in
   * the last turn's row, where later calls read it under the agent's name.
   */
  agent<A extends keyof Agents<T> & string>(
    name: A,
    task: AgentTask<Agents<T>[A]['params']>,
  ): Promise<AgentEnd<Agents<T>[A]['view']>>;
  /** Adds a line to the run's events. */
  log(text: string): void;
}
