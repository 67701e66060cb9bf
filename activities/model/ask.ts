import { Context } from '@temporalio/activity';
import { StewardError } from '../../src/contract/errors.ts';
import type { ErrorDetails } from '../../src/contract/errors.ts';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { CallCost } from '../../src/contract/step.ts';
import type { AttemptHooks, ModelRequest } from '../../src/models/model-service.ts';
import type { AnyCall } from '../../src/schemas/workflow-contract.ts';
import type { ActivityDeps } from '../deps.ts';
import type { CallModelParams, CallModelResult } from './api.ts';
import { cacheKey, findAnswer } from './cache.ts';
import type { CacheEntry } from './cache.ts';
import type { Message } from './compose.ts';
import type { OutputSchema } from './output-schema.ts';
import { beginAttempt, costOfEffect, endAttempt, noteCached, unsettled } from './usage.ts';
import type { AttemptOf } from './usage.ts';

export type Answered = {
  readonly kind: 'answered';
  readonly output: Json;
  readonly provider: string | null;
  readonly cache: CacheEntry | null;
};
type Needs = Extract<CallModelResult, { readonly kind: 'needs' }>;

type Asking = {
  readonly params: CallModelParams;
  readonly call: AnyCall;
  readonly effectKey: string;
  readonly messages: readonly Message[];
  readonly output: OutputSchema;
};

const maxRetries = 3;

/** Records every attempt before it is sent and after it ended, so that no cost is ever lost from sight. */
export function recordingHooks(deps: ActivityDeps, of: AttemptOf): AttemptHooks {
  const ids = new Map<number, string>();
  return {
    before: async (start) => {
      const id = await deps.database.asService(async (tx) => await beginAttempt(tx, of, start));
      ids.set(start.attempt, id);
    },
    after: async (record) => {
      const id = ids.get(record.attempt);
      if (id !== undefined) await deps.database.asService(async (tx) => await endAttempt(tx, id, record));
    },
  };
}

/** What an effect cost beyond what the workflow has settled. */
export async function unsettledCost(
  deps: ActivityDeps,
  asking: { readonly effectKey: string; readonly params: { readonly settled: CallCost } },
): Promise<CallCost> {
  const total = await deps.database.asService(async (tx) => await costOfEffect(tx, asking.effectKey));
  return unsettled(total, asking.params.settled);
}

/** Answers from the cache where the same was asked before; otherwise asks a model within what is left of the grant. */
export async function ask(deps: ActivityDeps, asking: Asking): Promise<Answered | Needs> {
  const { params, call, messages, output } = asking;
  const request: JsonObject = {
    profile: call.profile.name,
    messages: messages.map((message) => ({ ...message })),
    schema: output.schema,
    maxOutputTokens: call.maxOutputTokens,
  };
  const key = cacheKey(params.run, request);
  const of = {
    run: params.run,
    stepNumber: params.step.number,
    effectKey: asking.effectKey,
    operation: output.name,
    requestHash: key,
  };
  const cached = call.temperature === 0 ? await fromCache(deps, { of, key, output }) : null;
  return cached ?? (await fromModel(deps, { ...asking, of, key }));
}

type Looking = { readonly of: AttemptOf; readonly key: string; readonly output: OutputSchema };

async function fromCache(deps: ActivityDeps, { of, key, output }: Looking): Promise<Answered | null> {
  return await deps.database.asService(async (tx) => {
    const found = await findAnswer(tx, key);
    // Checked again: what it refers to may be gone by now.
    const checked = found === null ? null : output.validate(found.answer);
    if (found === null || checked?.ok !== true) return null;
    await noteCached(tx, of, found.model);
    return { kind: 'answered', output: checked.value, provider: 'cache', cache: null };
  });
}

async function fromModel(
  deps: ActivityDeps,
  asking: Asking & { readonly of: AttemptOf; readonly key: string },
): Promise<Answered | Needs> {
  const { params, call, messages, output, of, key } = asking;
  const spent = await unsettledCost(deps, asking);
  const request: ModelRequest = {
    operation: of.operation,
    profile: call.profile,
    messages,
    output,
    temperature: call.temperature,
    maxOutputTokens: call.maxOutputTokens,
    maxRetries,
    grant: remainingGrant(params, spent),
    preferCheaper: params.preferCheaper,
    requestId: `${asking.effectKey.slice(0, 32)}-${params.invocation}`,
    signal: Context.current().cancellationSignal,
  };
  try {
    const outcome = await deps.models.complete(request, recordingHooks(deps, of));
    const cost = await unsettledCost(deps, asking);
    if (outcome.kind === 'needs') return { kind: 'needs', grant: { usd: outcome.usd, tokens: outcome.tokens }, cost };
    const answer: Json = outcome.output;
    const cache = call.temperature === 0 ? { key, model: outcome.model, answer } : null;
    return { kind: 'answered', output: answer, provider: outcome.provider, cache };
  } catch (error) {
    throw await withCost(deps, asking, error);
  }
}

function remainingGrant(params: CallModelParams, spent: CallCost): { usd: number; tokens: number } {
  const usd = Math.max(0, params.grant.usd - (spent.usd ?? 0) - spent.unknownUsd);
  const tokens = Math.max(0, params.grant.tokens - spent.promptTokens - spent.completionTokens);
  return { usd, tokens };
}

/** A failure that tells the workflow what was spent before it. */
export async function withCost(
  deps: ActivityDeps,
  asking: Parameters<typeof unsettledCost>[1],
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof StewardError)) return error;
  const cost = await unsettledCost(deps, asking);
  const details: ErrorDetails = { ...error.details, cost: { ...cost } };
  return new StewardError(error.code, error.message, { details, cause: error });
}
