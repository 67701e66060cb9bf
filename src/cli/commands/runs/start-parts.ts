import type { JsonObject } from '../../../contract/json.ts';
import { parsePair } from '../../flags.ts';

/** Flags that say how a run may act and what it may use; `start` and `schedules add` have them both. */
export type PartOptions = {
  readonly maxCost?: number;
  readonly maxTokens?: number;
  readonly maxSteps?: number;
  readonly onExhausted?: 'ask' | 'abort';
  readonly auto?: boolean;
  readonly option?: readonly string[];
};

export function readOptions({ auto, option }: PartOptions): JsonObject {
  return {
    ...(auto === true ? { autoExecute: true } : {}),
    ...Object.fromEntries((option ?? []).map((pair) => parsePair(pair, '--option'))),
  };
}

export function readBudget({ maxCost, maxTokens, maxSteps, onExhausted }: PartOptions): JsonObject {
  return {
    ...(maxCost === undefined ? {} : { maxCostUsd: maxCost }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(maxSteps === undefined ? {} : { maxSteps }),
    ...(onExhausted === undefined ? {} : { onExhausted }),
  };
}
