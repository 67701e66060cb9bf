import type { CallTrace } from '../state/run-state.ts';

const keptTraces = 14;
const sameCallLimit = 3;
const standstillWindow = 6;
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

function learnsNothing(recent: readonly CallTrace[]): boolean {
  const before = recent.slice(0, -standstillWindow);
  const window = recent.slice(-standstillWindow);
  if (before.length === 0 || window.length < standstillWindow) return false;
  const known = new Set(before.map((trace) => trace.result));
  return window.every((trace) => known.has(trace.result));
}

/**
 * Why a loop should end, if it should: the same call with the same result three times; two such calls in turn, twice;
 * or six calls in a row that brought no result not seen before.
 */
export function noticeStandstill(recent: readonly CallTrace[]): 'repeated_calls' | 'ping_pong' | 'no_progress' | null {
  const last = recent.at(-1);
  if (last === undefined) return null;
  if (recent.filter((trace) => isSame(trace, last)).length >= sameCallLimit) return 'repeated_calls';
  if (alternates(recent)) return 'ping_pong';
  return learnsNothing(recent) ? 'no_progress' : null;
}
