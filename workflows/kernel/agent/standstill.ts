import type { CallTrace } from '../state/run-state.ts';

const keptTraces = 12;
const sameCallLimit = 3;
const standstillWindow = 6;

/** Adds a call to the loop's short memory. */
export function remember(recent: readonly CallTrace[], trace: CallTrace): readonly CallTrace[] {
  return [...recent, trace].slice(-keptTraces);
}

/**
 * Why a loop should end, if it should: the same call with the same result three times, or six calls in a row that
 * brought no result not seen before.
 */
export function noticeStandstill(recent: readonly CallTrace[]): 'repeated_calls' | 'no_progress' | null {
  const last = recent.at(-1);
  if (last === undefined) return null;
  const same = recent.filter((trace) => trace.call === last.call && trace.result === last.result);
  if (same.length >= sameCallLimit) return 'repeated_calls';
  const before = recent.slice(0, -standstillWindow);
  const window = recent.slice(-standstillWindow);
  if (before.length === 0 || window.length < standstillWindow) return null;
  const known = new Set(before.map((trace) => trace.result));
  return window.every((trace) => known.has(trace.result)) ? 'no_progress' : null;
}
