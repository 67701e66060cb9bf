import { StewardError } from '../../contract/errors.ts';
import type { Problem } from '../../contract/errors.ts';
import type { Catalogue, CatalogueModel } from '../catalogue/catalogue.ts';
import { boundUsd, ratesOf } from '../catalogue/prices.ts';
import type { ChatClient, ChatReply } from '../client/chat-client.ts';
import type { Fault } from '../client/faults.ts';
import type { AttemptHooks, AttemptRecord, ChatMessage, ModelOutcome, ModelRequest } from '../model-service.ts';
import { attemptRecord } from './attempt-record.ts';
import { chooseModels } from './choose.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import { estimatePrompt } from './estimate-tokens.ts';
import { readAnswer } from './read-answer.ts';

export type CallDeps = { readonly catalogue: Catalogue; readonly client: ChatClient; readonly breaker: CircuitBreaker; readonly now: () => number };

/** A call under way: what was asked so far and what it cost. */
type Call = {
  readonly request: ModelRequest;
  readonly hooks: AttemptHooks;
  attempts: readonly AttemptRecord[];
  messages: readonly ChatMessage[];
  /** Models that are out of the question for the rest of the call. */
  readonly excluded: Set<string>;
  invalid: number;
  lastFault: Fault | null;
};

type Bound = { readonly model: CatalogueModel; readonly usd: number; readonly tokens: number };

function spentUsd(call: Call): number {
  return call.attempts.reduce((sum, one) => sum + (one.totalCostUsd ?? one.boundUsd), 0);
}

function spentTokens(call: Call): number {
  return call.attempts.reduce((sum, one) => sum + (one.totalTokens > 0 || one.status === 'error' ? one.totalTokens : one.boundTokens), 0);
}

function candidates(deps: CallDeps, call: Call): readonly Bound[] {
  const { request } = call;
  const prompt = estimatePrompt(call.messages, request.output);
  const { profile, maxOutputTokens, preferCheaper } = request;
  const isOpen = (model: string): boolean => deps.breaker.isOpen(model);
  const models = chooseModels(deps.catalogue, { profile, promptTokens: prompt, maxOutputTokens, preferCheaper, needsTools: request.output.kind === 'tools', isOpen });
  return models
    .filter((model) => !call.excluded.has(model.id))
    .map((model) => {
      const output = Math.min(maxOutputTokens, model.maxOutput);
      return { model, usd: boundUsd(ratesOf(deps.catalogue, model), { prompt, output }), tokens: prompt + output };
    });
}

function fits(call: Call, bound: Bound): boolean {
  const { usd, tokens } = call.request.grant;
  // A billionth of a dollar of slack for sums of binary fractions.
  const usdFits = usd === null || spentUsd(call) + bound.usd <= usd + 1e-9;
  return usdFits && (tokens === null || spentTokens(call) + bound.tokens <= tokens);
}

function needs(call: Call, bound: Bound): ModelOutcome {
  return { kind: 'needs', usd: spentUsd(call) + bound.usd, tokens: spentTokens(call) + bound.tokens, attempts: call.attempts };
}

/**
 * Asks until an answer is valid: repairs on the same model first, then the next model, as often as `maxRetries` allows.
 * Before every attempt its upper bound must fit into what is left of the grant; a cheaper model that fits is taken, else
 * the caller is told what it would need.
 */
export async function complete(deps: CallDeps, request: ModelRequest, hooks: AttemptHooks): Promise<ModelOutcome> {
  const call: Call = { request, hooks, attempts: [], messages: request.messages, excluded: new Set(), invalid: 0, lastFault: null };
  for (;;) {
    const bounds = candidates(deps, call);
    const [first] = bounds;
    if (first === undefined) throw exhausted(call);
    const bound = bounds.find((each) => fits(call, each));
    if (bound === undefined) return needs(call, first);
    const outcome = await attempt(deps, call, bound);
    if (outcome !== null) return outcome;
  }
}

async function attempt(deps: CallDeps, call: Call, bound: Bound): Promise<ModelOutcome | null> {
  const { request, hooks } = call;
  const start = { attempt: call.attempts.length + 1, model: bound.model.id, boundUsd: bound.usd, boundTokens: bound.tokens };
  await hooks.before(start);
  const startedMs = deps.now();
  const reply = await deps.client.ask({
    model: bound.model,
    messages: call.messages,
    output: request.output,
    temperature: request.temperature,
    maxOutputTokens: request.maxOutputTokens,
    requestId: `${request.requestId}-${start.attempt}`,
    signal: request.signal,
  });
  const read = reply.kind === 'reply' ? readAnswer(reply, request.output) : null;
  const record = attemptRecord({ start, model: bound.model, reply, read, responseTimeMs: deps.now() - startedMs });
  call.attempts = [...call.attempts, record];
  await hooks.after(record);
  if (reply.kind === 'fault') return passFault(deps, call, { reply, model: bound.model.id });
  deps.breaker.succeeded(bound.model.id);
  if (read?.ok === true) {
    const { provider, modelUsed } = reply;
    return { kind: 'answered', output: read.output, model: modelUsed, provider, attempts: call.attempts, offline: bound.model.offline };
  }
  askAgain(call, { model: bound.model.id, reply, problems: read?.problems ?? [] });
  return null;
}

function passFault(deps: CallDeps, call: Call, { reply, model }: { readonly reply: Fault; readonly model: string }): null {
  call.lastFault = reply;
  if (reply.fault === 'aborted') throw new StewardError('unavailable', 'The call was cancelled.');
  // Asking elsewhere at once would pay twice for a slow answer: the caller's next try looks again.
  if (reply.sent && (reply.fault === 'timeout' || reply.fault === 'cut')) {
    deps.breaker.failed(model);
    throw exhausted(call);
  }
  if (reply.fault !== 'bad_request' && reply.fault !== 'not_allowed') deps.breaker.failed(model);
  call.excluded.add(model);
  return null;
}

function describe(problems: readonly Problem[]): string {
  return problems.slice(0, 20).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('\n');
}

function askAgain(call: Call, bad: { readonly model: string; readonly reply: ChatReply; readonly problems: readonly Problem[] }): void {
  call.invalid += 1;
  const problems = describe(bad.problems);
  if (call.invalid > call.request.maxRetries) {
    const message = `No model gave a valid answer to ${call.request.operation} in ${call.attempts.length} attempts. The last one: ${problems}`;
    throw new StewardError('model_failed', message, { details: { problems: bad.problems, attempts: call.attempts.length } });
  }
  const sameModel = call.attempts.filter((one) => one.model === bad.model && one.status === 'invalid').length;
  // The first bad answer is shown to the model that gave it; after the second one another model starts afresh.
  if (sameModel >= 2) {
    call.excluded.add(bad.model);
    call.messages = call.request.messages;
    return;
  }
  const correction = `That answer can't be used:\n${problems}\nAnswer again, corrected, with nothing but the answer.`;
  call.messages = [...call.request.messages, { role: 'assistant', content: bad.reply.text ?? '' }, { role: 'user', content: correction }];
}

function exhausted(call: Call): StewardError {
  const { lastFault: fault, request } = call;
  const details = { attempts: call.attempts.length, ...(fault?.retryAfterMs == null ? {} : { retryAfterMs: fault.retryAfterMs }) };
  if (fault === null) {
    const message = call.invalid > 0 ? `No model of the profile ${request.profile.name} gave a valid answer to ${request.operation}.` : `No model of the profile ${request.profile.name} can take a call of this size.`;
    return new StewardError('model_failed', message, { details });
  }
  const message = `${request.operation}: ${fault.message}`;
  switch (fault.fault) {
    case 'rate_limited':
      return new StewardError('rate_limited', message, { details });
    case 'not_allowed':
      return new StewardError('model_refused', `${message} (check OPENAI_API_KEY)`, { details });
    case 'bad_request':
    case 'unknown_model':
      return new StewardError('model_failed', message, { details });
    default:
      return new StewardError('unavailable', message, { details });
  }
}
