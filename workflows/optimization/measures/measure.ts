import type { Priority } from '../../../src/contract/proposal.ts';

export const measureKinds = [
  'merge',
  'drop',
  'split',
  'move',
  'reschedule',
  'move_blocks',
  'reprioritize',
  'estimate',
  'add_dependency',
  'remove_dependency',
  'extend_project',
  'close_project',
] as const;
export type MeasureKind = (typeof measureKinds)[number];

export type ProjectEnd = 'on_hold' | 'completed' | 'cancelled';
type Part = { readonly title: string; readonly minutes: number };

/** What to change, by kind. Dates are local (`YYYY-MM-DD`); a deadline is its day's end. */
export type Change =
  | { readonly kind: 'merge'; readonly taskId: string; readonly others: readonly string[] }
  | { readonly kind: 'drop'; readonly taskId: string }
  | { readonly kind: 'split'; readonly taskId: string; readonly parts: readonly Part[] }
  | {
      readonly kind: 'move';
      readonly taskId: string;
      readonly projectId: string | null;
      readonly phaseId: string | null;
    }
  | {
      readonly kind: 'reschedule';
      readonly taskId: string;
      readonly start: string | null;
      readonly deadline: string | null;
    }
  | { readonly kind: 'move_blocks'; readonly taskId: string }
  | { readonly kind: 'reprioritize'; readonly taskId: string; readonly priority: Priority }
  | { readonly kind: 'estimate'; readonly taskId: string; readonly minutes: number }
  | { readonly kind: 'add_dependency'; readonly taskId: string; readonly dependsOnId: string }
  | { readonly kind: 'remove_dependency'; readonly taskId: string; readonly dependsOnId: string }
  | { readonly kind: 'extend_project'; readonly projectId: string; readonly deadline: string }
  | { readonly kind: 'close_project'; readonly projectId: string; readonly status: ProjectEnd };

/** A change with its reason and the finding it answers; a wish of the person answers none. */
export type Measure = Change & { readonly finding: string | null; readonly reason: string };

/** The task that a change is about, or null for those of projects. */
export function taskOf(change: Change): string | null {
  return 'taskId' in change ? change.taskId : null;
}
