export const usageGroups = ['day', 'model', 'operation', 'type', 'run'] as const;
export type UsageGroup = (typeof usageGroups)[number];
export type UsageRow = {
  readonly group: string;
  readonly calls: number;
  readonly cachedCalls: number;
  readonly failedCalls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly costUsd: number;
  /** Calls whose cost nobody knows; not in `costUsd`. */
  readonly unknownCostCalls: number;
};

export interface UsageApi {
  /** Model usage grouped by `by`; `from` and `to` are ISO 8601, `to` exclusive. */
  getUsage(params: {
    readonly by: UsageGroup;
    readonly from?: string;
    readonly to?: string;
    readonly runId?: string;
  }): Promise<readonly UsageRow[]>;
}
