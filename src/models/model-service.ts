import type { Problem } from '../contract/errors.ts';
import type { Json, JsonObject } from '../contract/json.ts';
import type { ModelChoice } from '../contract/step.ts';

export type Profile =
  | { readonly kind: 'json'; readonly name: 'fast' | 'balanced' | 'powerful' | 'maximum' }
  | { readonly kind: 'text'; readonly name: 'speed' | 'balanced' | 'quality' | 'creative' };

export type ToolCall = { readonly id: string; readonly name: string; readonly arguments: string };
export type ChatMessage =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string | null; readonly toolCalls?: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly content: string; readonly toolCallId: string };

export type ToolDescription = { readonly name: string; readonly description: string; readonly parameters: JsonObject };

/** One turn of a model that may call tools. */
export type ToolTurn = { readonly text: string | null; readonly calls: readonly ToolCall[] };

export type OutputSpec =
  | { readonly kind: 'text' }
  | {
      readonly kind: 'json';
      readonly name: string;
      readonly schema: JsonObject;
      validate(
        value: unknown,
      ): { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problems: readonly Problem[] };
    }
  | { readonly kind: 'tools'; readonly tools: readonly ToolDescription[] };

export type ModelRequest = {
  readonly operation: string;
  readonly profile: Profile;
  readonly messages: readonly ChatMessage[];
  readonly output: OutputSpec;
  readonly temperature: number;
  readonly maxOutputTokens: number;
  /** Repairs and escalations after the first attempt. */
  readonly maxRetries: number;
  /** Most the whole call may cost; null for no limit. */
  readonly grant: { readonly usd: number | null; readonly tokens: number | null };
  readonly preferCheaper: boolean;
  /** What the run may still spend, this call's grant included; null for no limit. A call keeps to its share of it. */
  readonly leftUsd: number | null;
  /** Sent to the provider, so that both sides can find the call again. */
  readonly requestId: string;
  readonly signal?: AbortSignal;
};

export type AttemptStart = {
  readonly attempt: number;
  readonly model: string;
  readonly boundUsd: number;
  readonly boundTokens: number;
  readonly choice: ModelChoice;
};

/** What became of an attempt. Costs in USD are null when nobody knows them, never 0. */
export type AttemptRecord = AttemptStart & {
  readonly modelUsed: string;
  readonly provider: string | null;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedTokens: number;
  readonly totalTokens: number;
  readonly inputCostUsd: number | null;
  readonly outputCostUsd: number | null;
  readonly totalCostUsd: number | null;
  readonly responseTimeMs: number;
  readonly status: 'success' | 'error' | 'timeout' | 'invalid' | 'unknown';
  readonly error: { readonly code: string; readonly message: string; readonly retryAfterMs?: number } | null;
};

/** Awaited around every attempt, so that an outcome nobody learns is on record as such. */
export interface AttemptHooks {
  before(start: AttemptStart): Promise<void>;
  after(record: AttemptRecord): Promise<void>;
}

/** `needs` means that the grant is too small: `usd` and `tokens` are what was spent plus the next attempt. */
export type ModelOutcome =
  | {
      readonly kind: 'answered';
      readonly output: Json | ToolTurn;
      readonly model: string;
      readonly provider: string | null;
      readonly attempts: readonly AttemptRecord[];
      readonly offline: boolean;
    }
  | {
      readonly kind: 'needs';
      readonly usd: number;
      readonly tokens: number;
      readonly attempts: readonly AttemptRecord[];
    };

export type BoundRequest = {
  readonly profile: Profile;
  readonly promptTokens: number;
  readonly maxOutputTokens: number;
  readonly preferCheaper?: boolean;
};

export type ModelDescription = {
  readonly id: string;
  readonly title: string;
  readonly offline: boolean;
  /** USD per million tokens; null when nobody knows. */
  readonly inputUsdPerMillion: number | null;
  readonly outputUsdPerMillion: number | null;
};

/** Language models behind profiles: choice, prices, structured output, repair, escalation, circuit breaking. */
export interface ModelService {
  /** The models in use. */
  describe(): readonly ModelDescription[];
  /** Upper bound in USD and tokens of the attempt that a call of this size starts with. */
  bound(request: BoundRequest): { readonly usd: number; readonly tokens: number; readonly priceKnown: boolean };
  /** Most prompt tokens that every model of the profile takes beside an answer of this size. */
  room(request: { readonly profile: Profile; readonly maxOutputTokens: number }): number;
  /** Asks until an answer is valid, the retries are used up, or the grant is too small. Throws `StewardError`. */
  complete(request: ModelRequest, hooks: AttemptHooks): Promise<ModelOutcome>;
}
