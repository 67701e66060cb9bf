import { StewardError } from '../../contract/errors.ts';
import type { Catalogue, CatalogueModel } from '../catalogue/catalogue.ts';
import { ratesOf } from '../catalogue/prices.ts';
import type { ChatClient } from '../client/chat-client.ts';
import type { Fault } from '../client/faults.ts';
import type { AttemptHooks, ModelOutcome, ModelRequest } from '../model-service.ts';
import { attemptRecord, modelThatAnswered } from './attempt-record.ts';
import { fitsGrant, invalidAttempts, needs, planAfter } from './call.ts';
import type { Call } from './call.ts';
import { abilitiesFor, chooseModels, strongerModels } from './choose.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import { complexityOf } from './complexity.ts';
import { estimatePrompt } from './estimate-tokens.ts';
import { answerError, faultError, nobodyLeft } from './failures.ts';
import type { Bound } from './order.ts';
import { explainChoice } from './explain-choice.ts';
import { readAnswer } from './read-answer.ts';

export type CallDeps = {
  /** What the endpoint serves. */
  readonly catalogue: Catalogue;
  /** All models of which a price is known: an endpoint may answer with another one than was asked. */
  readonly known: readonly CatalogueModel[];
  readonly client: ChatClient;
  readonly breaker: CircuitBreaker;
  readonly now: () => number;
  /** How long one attempt, and how long all of a call may take, in ms. */
  readonly timeoutMs: number;
  readonly callTimeoutMs: number;
  /** Told when a model refuses a way of output that the catalogue says it has. */
  lacks(model: CatalogueModel, output: ModelRequest['output']): boolean;
};

function openCall(deps: CallDeps, request: ModelRequest, hooks: AttemptHooks): Call {
  const { messages, output } = request;
  const complexity = complexityOf({ messages, output, promptTokens: estimatePrompt(messages, output) });
  const startedMs = deps.now();
  return {
    request,
    hooks,
    complexity,
    startedMs,
    attempts: [],
    messages,
    excluded: new Set(),
    faults: [],
    lastBad: null,
    next: 'choice',
  };
}

/** Whom to ask next, best first. */
function candidates(deps: CallDeps, call: Call): readonly Bound[] {
  const { profile, maxOutputTokens, preferCheaper, leftUsd, output } = call.request;
  const choosing = {
    profile,
    maxOutputTokens,
    preferCheaper,
    leftUsd,
    abilities: abilitiesFor(output),
    complexity: call.complexity,
    promptTokens: estimatePrompt(call.messages, output),
  };
  const chosen = chooseModels(deps.catalogue, choosing);
  const last = call.lastBad?.model;
  if (last === undefined || call.next === 'choice') return chosen;
  const stronger = strongerModels(deps.catalogue, last, choosing);
  const same = [...chosen, ...stronger].filter(({ model }) => model.id === last.id);
  if (call.next === 'same') return [...same, ...stronger];
  // Those that gave no bad answer yet come first; the order among them stays.
  return [...stronger, ...same].sort((a, b) => invalidAttempts(call, a.model.id) - invalidAttempts(call, b.model.id));
}

/**
 * Asks until an answer is valid. Before every attempt its upper bound must fit into what is left of the grant, with what
 * nobody knows counted as spent; a cheaper model that fits is taken, else the caller is told what it would need.
 */
export async function complete(deps: CallDeps, request: ModelRequest, hooks: AttemptHooks): Promise<ModelOutcome> {
  const call = openCall(deps, request, hooks);
  for (;;) {
    request.signal?.throwIfAborted();
    const all = candidates(deps, call);
    const open = all.filter(({ model }) => !call.excluded.has(model.id) && deps.breaker.waitMs(model.id) === 0);
    if (open.length === 0) throw nobodyLeft(call, soonest(deps, all));
    const bound = open.find((each) => fitsGrant(call, each));
    if (bound === undefined) return needs(call, open);
    const outcome = await attempt(deps, call, { ...bound, reason: explainChoice(call, { all, open, bound }) });
    if (outcome !== null) return outcome;
  }
}

function soonest(deps: CallDeps, bounds: readonly Bound[]): number | null {
  return bounds.length === 0 ? null : Math.min(...bounds.map(({ model }) => deps.breaker.askAgainMs(model.id)));
}

function remainingMs(deps: CallDeps, call: Call): number {
  const left = deps.callTimeoutMs - (deps.now() - call.startedMs);
  if (left <= 0)
    throw new StewardError('unavailable', `${call.request.operation}: no answer in ${deps.callTimeoutMs / 1_000} s.`);
  return Math.min(deps.timeoutMs, left);
}

async function attempt(deps: CallDeps, call: Call, bound: Bound): Promise<ModelOutcome | null> {
  const { request, hooks } = call;
  const { model } = bound;
  const timeoutMs = remainingMs(deps, call);
  const start = {
    attempt: call.attempts.length + 1,
    model: model.id,
    boundUsd: bound.usd,
    boundTokens: bound.tokens,
    choice: { model: model.id, complexity: call.complexity, reason: bound.reason },
  };
  await hooks.before(start);
  deps.breaker.started(model.id);
  const startedMs = deps.now();
  const { output, temperature, maxOutputTokens, signal } = request;
  const requestId = `${request.requestId}-${start.attempt}`;
  const rates = ratesOf(deps.catalogue, model);
  const reply = await deps.client.ask({
    model,
    messages: call.messages,
    output,
    temperature,
    maxOutputTokens,
    requestId,
    signal,
    rates,
    timeoutMs,
  });
  const read =
    reply.kind === 'reply' ? readAnswer(reply, { output, nativeTools: model.abilities.includes('tools') }) : null;
  const record = attemptRecord(deps.known, { start, model, reply, read, responseTimeMs: deps.now() - startedMs });
  call.attempts = [...call.attempts, record];
  await hooks.after(record);
  if (reply.kind === 'fault') return passFault(deps, call, { fault: reply, model });
  deps.breaker.succeeded(model.id);
  if (read?.ok === true) {
    const { offline } = modelThatAnswered(deps.known, model, reply.modelUsed);
    return {
      kind: 'answered',
      output: read.output,
      model: record.modelUsed,
      provider: reply.provider,
      attempts: call.attempts,
      offline,
    };
  }
  if (read !== null) planAfter(call, { model, text: reply.text ?? '', flaw: read.flaw, problems: read.problems });
  if (call.attempts.filter((one) => one.status === 'invalid').length > request.maxRetries) throw answerError(call);
  return null;
}

/** Decides who is still worth asking after a fault; throws where nobody is. */
function passFault(
  deps: CallDeps,
  call: Call,
  { fault, model }: { readonly fault: Fault; readonly model: CatalogueModel },
): null {
  call.faults = [...call.faults, fault];
  switch (fault.fault) {
    case 'aborted':
      call.request.signal?.throwIfAborted();
      throw faultError(call);
    case 'timeout':
    case 'cut':
      // The answer may have been paid for: the caller's next try decides whether another one is worth it.
      deps.breaker.failed(model.id);
      throw faultError(call);
    case 'connection':
    case 'not_allowed':
      // The endpoint's fault, not the model's.
      for (const each of deps.catalogue.models) if (each.endpoint === model.endpoint) call.excluded.add(each.id);
      return null;
    case 'no_format':
      if (deps.lacks(model, call.request.output)) return null;
      break;
    case 'server':
    case 'bad_response':
      deps.breaker.failed(model.id);
      break;
    case 'rate_limited':
      deps.breaker.paused(model.id, fault.retryAfterMs ?? 0);
      break;
    default:
  }
  call.excluded.add(model.id);
  return null;
}
