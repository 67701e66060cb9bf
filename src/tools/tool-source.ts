import type { Problem } from '../contract/errors.ts';
import type { JsonObject } from '../contract/json.ts';

/**
 * What came of a call to something outside Steward. `refused`: it did not happen. `lost`: it was sent and its answer never
 * came, so nobody knows whether it happened. Texts are data for the model.
 */
export type OutsideResult =
  | { readonly kind: 'answered'; readonly ok: boolean; readonly content: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'lost'; readonly reason: string };

/** A tool that lives outside Steward: what it does is never part of a transaction of ours. */
export interface OutsideTool {
  /** As models call it: letters, digits, `_` and `-`, at most 64; holds `__`, which no tool of Steward's own does. */
  readonly name: string;
  readonly description: string;
  readonly access: 'read' | 'write';
  readonly policy: 'auto' | 'confirm' | 'deny';
  /** JSON Schema of the arguments. */
  readonly parameters: JsonObject;
  /** What is wrong with the arguments; empty when they fit. */
  check(args: unknown): readonly Problem[];
  /** Ends within the tool's own time limit, or when `signal` aborts. Never throws. */
  call(args: JsonObject, signal: AbortSignal): Promise<OutsideResult>;
}

/** Tools that are not there just now: all whose names begin with `prefix`. `reason` is data for the model. */
export type AbsentTools = { readonly prefix: string; readonly reason: string };

export type ToolListing = { readonly tools: readonly OutsideTool[]; readonly absent: readonly AbsentTools[] };

/** Where tools from outside come from. */
export interface ToolSource {
  /** What is there now, within seconds: a source that does not answer is absent. Never throws. */
  listTools(): Promise<ToolListing>;
}

/** Without any servers there are no outside tools. */
export const noOutsideTools: ToolSource = {
  listTools: async () => await Promise.resolve({ tools: [], absent: [] }),
};
