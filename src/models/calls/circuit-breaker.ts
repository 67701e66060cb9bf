const failuresToOpen = 3;
const openMs = 30_000;

type Circuit = { readonly failures: number; readonly openedAtMs: number | null };

/** Keeps calls away from a model that just failed three times in a row; after 30 s one call may try it again. */
export interface CircuitBreaker {
  isOpen(model: string): boolean;
  succeeded(model: string): void;
  failed(model: string): void;
}

export function createCircuitBreaker(now: () => number): CircuitBreaker {
  const circuits = new Map<string, Circuit>();
  return {
    isOpen: (model) => {
      const openedAtMs = circuits.get(model)?.openedAtMs ?? null;
      return openedAtMs !== null && now() - openedAtMs < openMs;
    },
    succeeded: (model) => void circuits.delete(model),
    failed: (model) => {
      const failures = (circuits.get(model)?.failures ?? 0) + 1;
      circuits.set(model, { failures, openedAtMs: failures >= failuresToOpen ? now() : null });
    },
  };
}
