export const usageGroups = ['day', 'model', 'operation', 'type', 'run', 'project', 'phase'] as const;
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

/** `from` and `to` are ISO 8601, `to` exclusive; the others narrow to one run, workflow type or project. */
export type UsageQuery = {
  readonly by: UsageGroup;
  readonly from?: string;
  readonly to?: string;
  readonly runId?: string;
  readonly type?: string;
  readonly projectId?: string;
};

export interface UsageApi {
  /** Model usage grouped by `by`: a project by its id, a phase as `type/phase`; empty for calls of no project, run or type. */
  getUsage(params: UsageQuery): Promise<readonly UsageRow[]>;
}
