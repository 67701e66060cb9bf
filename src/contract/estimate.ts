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

/** What past runs say: nothing before the first. */
export type LearnedEstimate = PastEstimate | { readonly basis: 'none'; readonly runs: 0 };

export type Range = { readonly low: number; readonly high: number };

/** A first estimate: of the input and the calls that the type declares, at the prices of the models in use. */
export type PromptEstimate = {
  readonly basis: 'prompt';
  readonly runs: 0;
  /** Declared calls and agents, each counted once. */
  readonly calls: number;
  /** Most tokens that the input can have. */
  readonly inputTokens: number;
  /** Null when the price of a model that would be asked is not known. */
  readonly costUsd: Range | null;
  readonly tokens: Range;
  /** What it was reckoned from, and what it leaves out. */
  readonly message: string;
};

/** What a run of a type will probably take; `message` says what is needed where nothing can be said. */
export type Estimate =
  PastEstimate | PromptEstimate | { readonly basis: 'none'; readonly runs: 0; readonly message: string };

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
export function estimateFrom(runs: readonly PastRun[], phases: readonly string[]): LearnedEstimate {
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
