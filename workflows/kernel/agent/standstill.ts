import type { CallTrace } from '../state/run-state.ts';

// A model that has forgotten what its window of whole turns no longer shows goes in wide circles: this many calls are
// remembered, so that one of up to 34 calls is noticed. Two kilobytes in the state that is carried.
const keptTraces = 40;
const sameCallLimit = 3;
const standstillWindow = 6;
// What loops remembered that began before repetition was told from progress.
const keptBefore = 14;
// Digests are told apart by far fewer characters than they have, and the state is carried in every history.
const digestChars = 16;

/** Adds a call to the loop's short memory. A call that failed brought nothing, whatever its error said. */
export function remember(
  recent: readonly CallTrace[],
  call: { readonly digest: string; readonly ok: boolean; readonly resultDigest: string },
): readonly CallTrace[] {
  const result = call.ok ? call.resultDigest.slice(0, digestChars) : 'failed';
  return [...recent, { call: call.digest.slice(0, digestChars), result }].slice(-keptTraces);
}

function isSame(a: CallTrace | undefined, b: CallTrace | undefined): boolean {
  return a !== undefined && b !== undefined && a.call === b.call && a.result === b.result;
}

/** A, B, A, B: two calls in turn, each with the result it had before. */
function alternates(recent: readonly CallTrace[]): boolean {
  const [first, second, third, fourth] = recent.slice(-4);
  return isSame(first, third) && isSame(second, fourth) && !isSame(first, second);
}

/** The latest call that brought a result not seen before, and those after it. */
function sinceNews(recent: readonly CallTrace[]): readonly CallTrace[] {
  const results = recent.map((trace) => trace.result);
  return recent.slice(results.findLastIndex((result, index) => results.indexOf(result) === index));
}

/**
 * Why a loop should end, if it should: the same call with the same result three times and nothing new in between; two
 * such calls in turn, twice; or six calls in a row that brought no result not seen before. A loop that began `before`
 * this was so is ended by a call that it repeats, whatever it learns in between.
 */
export function noticeStandstill(
  recent: readonly CallTrace[],
  rules: 'now' | 'before' = 'now',
): 'repeated_calls' | 'ping_pong' | 'no_progress' | null {
  const known = rules === 'now' ? recent : recent.slice(-keptBefore);
  const stretch = sinceNews(known);
  const repeatable = rules === 'now' ? stretch : known;
  const last = known.at(-1);
  if (repeatable.filter((trace) => isSame(trace, last)).length >= sameCallLimit) return 'repeated_calls';
  if (alternates(known)) return 'ping_pong';
  return stretch.length > standstillWindow ? 'no_progress' : null;
}
