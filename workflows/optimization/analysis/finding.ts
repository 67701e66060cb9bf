import type { MeasureKind } from '../measures/measure.ts';

/**
 * What can be wrong with open work. `overdue` past its deadline · `at_risk` can't be done in time · `blocked` others wait
 * for a task that is in trouble itself · `cancelled_need` waits for something cancelled · `overload` more is due in a week
 * than there is time · `stale` untouched for long · `duplicate` said twice · `priority` contradicts its deadline ·
 * `inversion` more urgent work waits for less urgent · `oversized` too long for one task · `unplanned` nobody said how long
 * · `late_block` planned in the calendar after its deadline · `project_over` open, though its end is past · `empty_project`
 * without open tasks.
 */
export const findingKinds = [
  'overdue',
  'at_risk',
  'blocked',
  'cancelled_need',
  'overload',
  'stale',
  'duplicate',
  'priority',
  'inversion',
  'oversized',
  'unplanned',
  'late_block',
  'project_over',
  'empty_project',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export const severities = ['low', 'medium', 'high'] as const;
export type Severity = (typeof severities)[number];

/** One thing found by code. `about` says it in a sentence; `evidence` carries the figures and dates behind it. */
export type Finding = {
  /** `overdue-3`: unique in the analysis, and stable for the same records. */
  readonly key: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly about: string;
  /** The task (or tasks) it is about, most concerned first. */
  readonly taskIds: readonly string[];
  readonly projectIds: readonly string[];
  readonly evidence: Readonly<Record<string, string | number | readonly string[]>>;
  /** What could be done about it. */
  readonly remedies: readonly MeasureKind[];
};

/** A finding before it is numbered. */
export type Found = Omit<Finding, 'key' | 'projectIds'> & { readonly projectIds?: readonly string[] };
