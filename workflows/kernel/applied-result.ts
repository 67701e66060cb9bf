import type { Applied } from '../../activities/records/api.ts';

/** What a result says of a proposal that was applied. */
export type AppliedResult = {
  readonly decision: 'approved' | 'partly_approved';
  readonly applied: number;
  readonly refused: number;
  readonly failed: number;
};

export function appliedResult({ applied, refused, failed }: Applied): AppliedResult {
  return { decision: refused === 0 ? 'approved' : 'partly_approved', applied, refused, failed: failed.length };
}

/** The counts of a result whose proposal was rejected, or that has none. */
export const nothingApplied = { applied: 0, refused: 0, failed: 0 } as const;
