import type { AppliedCounts } from './types.ts';

/** What a result says of a proposal that was applied. */
export type AppliedResult = AppliedCounts & { readonly decision: 'approved' | 'partly_approved' };

export function appliedResult({ applied, refused, failed }: AppliedCounts): AppliedResult {
  return { decision: refused === 0 ? 'approved' : 'partly_approved', applied, refused, failed };
}

/** The counts of a result whose proposal was rejected, or that has none. */
export const nothingApplied = { applied: 0, refused: 0, failed: 0 } as const;
