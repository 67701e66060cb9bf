const failuresToOpen = 3;
const openMs = 30_000;
// How soon to look whether a try that is under way has closed the circuit: waiting its whole rest again would hold up
// every run for half a minute after the endpoint is back.
const probingMs = 3_000;

type Circuit = {
  readonly failures: number;
  readonly openUntilMs: number;
  readonly pausedUntilMs: number;
  readonly probing: boolean;
};

const closed: Circuit = { failures: 0, openUntilMs: 0, pausedUntilMs: 0, probing: false };

/**
 * Keeps calls away from a model that failed three times in a row, or whose provider asked for a pause. After 30 s one call
 * may try it again; while that one is under way the others still stay away. (cockatiel and opossum wrap the call itself
 * and read the clock; here the state is asked before a model is chosen.)
 */
export interface CircuitBreaker {
  /** 0 when a call may go to the model, else the ms to wait. */
  waitMs(model: string): number;
  /** When it is worth asking again whether a call may go to the model, in ms. */
  askAgainMs(model: string): number;
  /** A call goes to the model now. */
  started(model: string): void;
  succeeded(model: string): void;
  failed(model: string): void;
  /** The provider asked for a pause; it ends by itself, however calls end that are under way, and is no failure. */
  paused(model: string, ms: number): void;
}

export function createCircuitBreaker(now: () => number): CircuitBreaker {
  const circuits = new Map<string, Circuit>();
  const circuitOf = (model: string): Circuit => circuits.get(model) ?? closed;
  const change = (model: string, fields: Partial<Circuit>): void =>
    void circuits.set(model, { ...circuitOf(model), ...fields });
  const untilMs = (atMs: number): number => Math.max(0, atMs - now());
  return {
    waitMs: (model) => {
      const { openUntilMs, pausedUntilMs } = circuitOf(model);
      return untilMs(Math.max(openUntilMs, pausedUntilMs));
    },
    askAgainMs: (model) => {
      const { openUntilMs, pausedUntilMs, probing } = circuitOf(model);
      const openMsLeft = untilMs(openUntilMs);
      return Math.max(untilMs(pausedUntilMs), probing ? Math.min(probingMs, openMsLeft) : openMsLeft);
    },
    started: (model) => {
      // The probe of an open circuit: should it never report back, the next one goes out 30 s later.
      if (circuitOf(model).failures >= failuresToOpen) change(model, { openUntilMs: now() + openMs, probing: true });
    },
    succeeded: (model) => change(model, { failures: 0, openUntilMs: 0, probing: false }),
    failed: (model) => {
      const failures = circuitOf(model).failures + 1;
      change(model, { failures, openUntilMs: failures >= failuresToOpen ? now() + openMs : 0, probing: false });
    },
    paused: (model, ms) => change(model, { pausedUntilMs: Math.max(circuitOf(model).pausedUntilMs, now() + ms) }),
  };
}
