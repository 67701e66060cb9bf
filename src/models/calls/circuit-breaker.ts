const failuresToOpen = 3;
const openMs = 30_000;

type Circuit = { readonly failures: number; readonly closedUntilMs: number };

/**
 * Keeps calls away from a model that failed three times in a row, or whose provider asked for a pause. After 30 s one call
 * may try it again; while that one is under way the others still stay away. (cockatiel and opossum wrap the call itself
 * and read the clock; here the state is asked before a model is chosen.)
 */
export interface CircuitBreaker {
  /** 0 when a call may go to the model, else the ms to wait. */
  waitMs(model: string): number;
  /** A call goes to the model now. */
  started(model: string): void;
  succeeded(model: string): void;
  failed(model: string): void;
  /** The provider asked for a pause; it ends by itself and is no failure. */
  paused(model: string, ms: number): void;
}

export function createCircuitBreaker(now: () => number): CircuitBreaker {
  const circuits = new Map<string, Circuit>();
  const failuresOf = (model: string): number => circuits.get(model)?.failures ?? 0;
  return {
    waitMs: (model) => Math.max(0, (circuits.get(model)?.closedUntilMs ?? 0) - now()),
    started: (model) => {
      // The probe of an open circuit: should it never report back, the next one goes out 30 s later.
      if (failuresOf(model) >= failuresToOpen)
        circuits.set(model, { failures: failuresOf(model), closedUntilMs: now() + openMs });
    },
    succeeded: (model) => void circuits.delete(model),
    failed: (model) => {
      const failures = failuresOf(model) + 1;
      circuits.set(model, { failures, closedUntilMs: failures >= failuresToOpen ? now() + openMs : 0 });
    },
    paused: (model, ms) => void circuits.set(model, { failures: failuresOf(model), closedUntilMs: now() + ms }),
  };
}
