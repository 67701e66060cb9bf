import type { ErrorCode } from './errors.ts';

/** How often a run may be tried, and how long it waits in between (B15). */
export type AttemptPolicy = {
  /** 1 to 10. */
  readonly maxAttempts: number;
  /** Unit of the back-off in ms. */
  readonly baseMs: number;
};

export const mostAttempts = 10;
export const attemptBaseMs = 60_000;
const longestWaitMs = 6 * 3_600_000;

// What is left out would fail the same way again, or is a person's decision: input, budget, deadline, rights, a refusal.
const curableCodes: ReadonlySet<string> = new Set<ErrorCode>([
  'model_failed',
  'unavailable',
  'rate_limited',
  'unknown_outcome',
  'stale_attempt',
  'internal',
]);

/** Whether another try of a run may end better than one that failed with this code. */
export function isCurable(code: string): boolean {
  return curableCodes.has(code);
}

/**
 * How long a run waits after its `attempt`th try (from 1) failed, in ms: twice the base, doubling with every attempt, at
 * most six hours.
 */
export function attemptDelayMs(attempt: number, baseMs: number): number {
  return Math.min(longestWaitMs, 2 ** Math.max(1, attempt) * baseMs);
}
