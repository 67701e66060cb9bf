export const stepStatuses = ['pending', 'running', 'completed', 'failed', 'skipped'] as const;
export type StepStatus = (typeof stepStatuses)[number];

export const stepTypes = [
  'admit',
  'model',
  'compute',
  'tool',
  'script',
  'agent',
  'question',
  'proposal',
  'decision',
  'apply',
  'undo',
  'file',
] as const;
export type StepType = (typeof stepTypes)[number];

/**
 * One numbered entry of a run's decision history. `path` is stable across retries (`model:tasks/p1`), `iteration` counts
 * how often the same path came up (a revision plans again), so that path and iteration name the step's effects.
 */
export type StepRef = {
  readonly number: number;
  readonly type: StepType;
  readonly name: string;
  readonly path: string;
  readonly iteration: number;
  readonly title: string;
  readonly phase: string;
  readonly slot: string | null;
  /** Which attempt of the run took the step, from 2 on; left out in the first one. */
  readonly attempt?: number;
};

/** What a model call cost. `usd` is null when nobody knows; then `unknownUsd` holds what was reserved for it. */
export type CallCost = {
  readonly usd: number | null;
  readonly unknownUsd: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly attempts: number;
  readonly model: string | null;
  readonly cached: boolean;
};

export const noCost: CallCost = {
  usd: 0,
  unknownUsd: 0,
  promptTokens: 0,
  completionTokens: 0,
  attempts: 0,
  model: null,
  cached: false,
};

/** How hard a prompt is, by what can be counted of it. */
export const complexities = ['simple', 'normal', 'complex'] as const;
export type Complexity = (typeof complexities)[number];

/** Which model was asked, and why that one. */
export type ModelChoice = { readonly model: string; readonly complexity: Complexity; readonly reason: string };
