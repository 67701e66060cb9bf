import type { Problem } from '../../contract/errors.ts';
import type { Complexity } from '../../contract/step.ts';
import type { CatalogueModel } from '../catalogue/catalogue.ts';
import type { Fault } from '../client/faults.ts';
import type { AttemptHooks, AttemptRecord, ChatMessage, ModelOutcome, ModelRequest } from '../model-service.ts';
import type { Bound } from './order.ts';
import type { Flaw } from './read-answer.ts';

export type BadAnswer = {
  readonly model: CatalogueModel;
  readonly text: string;
  readonly flaw: Flaw;
  readonly problems: readonly Problem[];
};

/** A call under way: what was asked so far, what it cost, and whom to ask next. */
export type Call = {
  readonly request: ModelRequest;
  readonly hooks: AttemptHooks;
  readonly complexity: Complexity;
  readonly startedMs: number;
  attempts: readonly AttemptRecord[];
  messages: readonly ChatMessage[];
  /** Models that are out of the question for the rest of the call. */
  readonly excluded: Set<string>;
  faults: readonly Fault[];
  lastBad: BadAnswer | null;
  /** Whom the next attempt goes to first: the profile's choice, the same model again, or a stronger one. */
  next: 'choice' | 'same' | 'stronger';
};

/** USD of the call's attempts; one whose cost nobody knows counts at its bound. */
function spentUsd(call: Call): number {
  return call.attempts.reduce((sum, one) => sum + (one.totalCostUsd ?? one.boundUsd), 0);
}

/** Tokens of the call's attempts; one that may have reached a model and reported none counts at its bound. */
function spentTokens(call: Call): number {
  return call.attempts.reduce(
    (sum, one) => sum + (one.totalTokens > 0 || one.status === 'error' ? one.totalTokens : one.boundTokens),
    0,
  );
}

/** Whether an attempt's upper bound fits into what is left of the grant. */
export function fitsGrant(call: Call, bound: Bound): boolean {
  const { usd, tokens } = call.request.grant;
  // Far below the ledger's billionth of a dollar: slack for sums of binary fractions only.
  const usdFits = usd === null || spentUsd(call) + bound.usd <= usd + 1e-12;
  return usdFits && (tokens === null || spentTokens(call) + bound.tokens <= tokens);
}

/** What would be enough: what was spent, and the next attempt; for the first one with the model that is meant, later with the cheapest. */
export function needs(call: Call, bounds: readonly Bound[]): ModelOutcome {
  const cheapest = [...bounds].sort((a, b) => a.usd - b.usd || a.tokens - b.tokens);
  const [next] = call.attempts.length === 0 ? bounds : cheapest;
  return {
    kind: 'needs',
    usd: spentUsd(call) + (next?.usd ?? 0),
    tokens: spentTokens(call) + (next?.tokens ?? 0),
    attempts: call.attempts,
  };
}

export function invalidAttempts(call: Call, model: string): number {
  return call.attempts.filter((one) => one.model === model && one.status === 'invalid').length;
}

const mostProblemsShown = 20;
const longestAnswerShown = 20_000;

export function problemsAsText(problems: readonly Problem[]): string {
  return problems
    .slice(0, mostProblemsShown)
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('\n');
}

/**
 * Plans the next attempt after an answer that can't be used: first the same model is shown its answer and what is wrong
 * with it; when that failed too, a stronger one starts afresh. A refusal isn't argued with.
 */
export function planAfter(call: Call, bad: BadAnswer): void {
  const { messages } = call.request;
  call.lastBad = bad;
  if (bad.flaw === 'refused') call.excluded.add(bad.model.id);
  if (bad.flaw === 'refused' || invalidAttempts(call, bad.model.id) % 2 === 0) {
    call.messages = messages;
    call.next = 'stronger';
    return;
  }
  const text = `That answer can't be used:\n${problemsAsText(bad.problems)}\nAnswer again, corrected, with nothing but the answer.`;
  // A cut answer would only be long again, and an empty one says nothing.
  const shown: readonly ChatMessage[] =
    bad.flaw === 'invalid_answer' ? [{ role: 'assistant', content: bad.text.slice(0, longestAnswerShown) }] : [];
  call.messages = [...messages, ...shown, { role: 'user', content: text }];
  call.next = 'same';
}
