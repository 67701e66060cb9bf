/** What a phase of one run took. Costs in USD; `unknownUsd` is held for calls whose cost nobody knows. */
export type PhaseCost = {
  readonly name: string;
  readonly steps: number;
  readonly tokens: number;
  readonly costUsd: number;
  readonly unknownUsd: number;
  /** Working time: what a person was waited for is left out. */
  readonly seconds: number;
};

/** What a finished run took. */
export type PastRun = Omit<PhaseCost, 'name'> & { readonly phases: readonly PhaseCost[] };

/** The middle of past runs, and what nine of ten kept to. */
export type Spread = { readonly median: number; readonly p90: number };

export type Spreads = {
  readonly costUsd: Spread;
  readonly tokens: Spread;
  readonly seconds: Spread;
  readonly steps: Spread;
};

export type PastEstimate = Spreads & {
  readonly basis: 'past_runs';
  /** How many runs it was learned from. */
  readonly runs: number;
  /** In how many of them some cost is unknown: theirs are at least what is counted. */
  readonly unknownCostRuns: number;
  readonly phases: readonly (Spreads & { readonly name: string })[];
};

/** What a run of a type will probably take: from past runs, or nothing before the first. */
export type Estimate = PastEstimate | { readonly basis: 'none'; readonly runs: 0 };

/** The value that a share of the sorted values stays at or below; between two of them, in proportion. */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

function spreadOf(values: readonly number[], round: (value: number) => number): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: round(quantile(sorted, 0.5)), p90: round(quantile(sorted, 0.9)) };
}

function roundUsd(usd: number): number {
  return Math.round(usd * 1e9) / 1e9;
}

function roundSeconds(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

function spreadsOf(parts: readonly Omit<PhaseCost, 'name'>[]): Spreads {
  return {
    costUsd: spreadOf(
      parts.map((part) => part.costUsd),
      roundUsd,
    ),
    tokens: spreadOf(
      parts.map((part) => part.tokens),
      Math.round,
    ),
    seconds: spreadOf(
      parts.map((part) => part.seconds),
      roundSeconds,
    ),
    steps: spreadOf(
      parts.map((part) => part.steps),
      Math.round,
    ),
  };
}

const nothing = { steps: 0, tokens: 0, costUsd: 0, unknownUsd: 0, seconds: 0 } as const;

/** What past runs say of the next one. A phase that some of them did not enter counts as nothing there. */
export function estimateFrom(runs: readonly PastRun[], phases: readonly string[]): Estimate {
  if (runs.length === 0) return { basis: 'none', runs: 0 };
  const inPhase = (name: string): Spreads =>
    spreadsOf(runs.map((run) => run.phases.find((phase) => phase.name === name) ?? nothing));
  return {
    basis: 'past_runs',
    runs: runs.length,
    unknownCostRuns: runs.filter((run) => run.unknownUsd > 0).length,
    ...spreadsOf(runs),
    phases: phases.map((name) => ({ name, ...inPhase(name) })),
  };
}
