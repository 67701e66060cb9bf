import { Context } from '@temporalio/activity';
import { StewardError } from '../../src/contract/errors.ts';
import type { ErrorDetails } from '../../src/contract/errors.ts';
import type { FactSheet } from '../../src/contract/facts.ts';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { CallCost, ModelChoice } from '../../src/contract/step.ts';
import type { AttemptHooks, ModelRequest } from '../../src/models/model-service.ts';
import type { AnyCall } from '../../src/schemas/workflow-contract.ts';
import type { ActivityDeps } from '../deps.ts';
import type { Tx } from '../support/transaction.ts';
import type { CallModelParams, CallModelResult } from './api.ts';
import { cacheKey, findAnswer } from './cache.ts';
import type { CacheEntry } from './cache.ts';
import { composeMessages } from './compose.ts';
import type { Message } from './compose.ts';
import { outputSchema } from './output-schema.ts';
import type { OutputSchema } from './output-schema.ts';
import { tellAttempt } from './tell-attempt.ts';
import { beginAttempt, costOfEffect, endAttempt, noteCached, unsettled } from './usage.ts';
import type { AttemptOf } from './usage.ts';

export type Answered = {
  readonly kind: 'answered';
  readonly output: Json;
  readonly provider: string | null;
  /** Null for an answer from the cache. */
  readonly choice: ModelChoice | null;
  readonly cache: CacheEntry | null;
};
type Needs = Extract<CallModelResult, { readonly kind: 'needs' }>;

/** What a call asks: its messages, what the answer must be, and the name under which an answer is kept. */
export type Question = {
  readonly messages: readonly Message[];
  readonly output: OutputSchema;
  readonly key: string;
};

type Asking = {
  readonly params: CallModelParams;
  readonly call: AnyCall;
  readonly effectKey: string;
  readonly question: Question;
  /** What earlier tries of the step cost beyond what the workflow has settled. */
  readonly spent: CallCost;
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
      if (id === undefined) return;
      await deps.database.asService(async (tx) => {
        await endAttempt(tx, id, record);
        // What became of a good one is told by its step's end.
        if (record.status !== 'success') await tellAttempt(tx, of, { id, record, at: deps.now().toISOString() });
      });
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

/** Puts a call's question together. Pure. */
export function prepareQuestion(
  call: AnyCall,
  { params, facts }: { readonly params: CallModelParams; readonly facts: FactSheet },
): Question {
  const messages = composeMessages(call.prompt(facts, params.params));
  const output = outputSchema({ name: `${params.run.type}.${params.call}`, call, facts, params: params.params });
  const request: JsonObject = {
    profile: call.profile.name,
    messages: messages.map((message) => ({ ...message })),
    schema: output.schema,
    maxOutputTokens: call.maxOutputTokens,
  };
  return { messages, output, key: cacheKey(params.run, request) };
}

function attemptOf({ params, effectKey, question }: Omit<Asking, 'spent' | 'call'>): AttemptOf {
  const { run, step } = params;
  const { output, key } = question;
  return { run, stepNumber: step.number, effectKey, operation: output.name, requestHash: key };
}

/** The answer to the same question asked before, where asking again would tell nothing new; null without one. */
export async function askCache(tx: Tx, asking: Omit<Asking, 'spent'>): Promise<Answered | null> {
  const { call, question } = asking;
  if (call.temperature !== 0) return null;
  const found = await findAnswer(tx, question.key);
  // Checked again: what it refers to may be gone by now.
  const checked = found === null ? null : question.output.validate(found.answer);
  if (found === null || checked?.ok !== true) return null;
  await noteCached(tx, attemptOf(asking), found.model);
  return { kind: 'answered', output: checked.value, provider: 'cache', choice: null, cache: null };
}

/** Asks a model within what is left of the grant. */
export async function askModel(deps: ActivityDeps, asking: Asking): Promise<Answered | Needs> {
  const { params, call, question, spent } = asking;
  const { messages, output, key } = question;
  const of = attemptOf(asking);
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
    leftUsd: params.leftUsd,
    requestId: `${asking.effectKey.slice(0, 32)}-${params.invocation}`,
    signal: Context.current().cancellationSignal,
  };
  try {
    const outcome = await deps.models.complete(request, recordingHooks(deps, of));
    if (outcome.kind === 'needs') {
      const cost = await unsettledCost(deps, asking);
      return { kind: 'needs', grant: { usd: outcome.usd, tokens: outcome.tokens }, cost };
    }
    const answer: Json = outcome.output;
    const cache = call.temperature === 0 ? { key, model: outcome.model, answer } : null;
    const choice = outcome.attempts.at(-1)?.choice ?? null;
    return { kind: 'answered', output: answer, provider: outcome.provider, choice, cache };
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
