import { z } from 'zod';
import type { BatchItem, BatchParams, BatchView, NoParams } from '../../src/contract/types/shapes.ts';
import { localDate, priority, taskTitle, workMinutes } from '../../src/schemas/common-fields.ts';
import { commonOptions, maxRevisions, planningInput } from '../../src/schemas/common-input.ts';
import { operationCounts, verdicts } from '../../src/schemas/common-result.ts';
import { findingKinds } from './analysis/finding.ts';
import { measureKinds } from './measures/measure.ts';

/** Nothing has to be said: without a projectId all open work is looked at. */
export const input = planningInput.omit({ taskId: true });

const days = (description: string) => z.int().min(1).max(730).optional().meta({ description });

export const options = commonOptions.extend({
  maxRevisions: maxRevisions(),
  staleDays: days('After how many days without a change a task counts as stale; 30 when left out.'),
  horizonDays: days('How many days ahead work and free time are compared; 90 when left out.'),
  maxTaskHours: z
    .number()
    .positive()
    .max(1_000)
    .optional()
    .meta({ description: 'A task without subtasks that takes longer counts as oversized; 8 when left out.' }),
  focus: z
    .union([
      z.enum(findingKinds),
      z.array(z.enum(findingKinds)).min(1, 'name at least one kind of finding, or leave focus out'),
    ])
    .optional()
    .meta({ description: 'Which kind of findings to look for, or a list of kinds; all when left out.' }),
});

const key = z.string().min(1).max(60);

/** Why the worst findings are there, and which of them cause which. */
export const diagnosis = z.object({
  summary: z.string().min(1),
  bottlenecks: z.array(z.object({ finding: key, causes: z.array(key), explanation: z.string().min(1) })).max(30),
});

/** One measure as a model writes it: the fields that its kind needs are set, the others null or empty. */
export const proposedMeasure = z.object({
  kind: z.enum(measureKinds),
  /** The task, or for the kinds about projects the project, that is changed. */
  target: z.string(),
  /** Tasks merged into the target, or the task it is to wait for (or no longer). */
  others: z.array(z.string()),
  parts: z.array(z.object({ title: taskTitle, minutes: z.int().min(5).max(10_000) })),
  priority: priority.nullable(),
  start: localDate.nullable(),
  deadline: localDate.nullable(),
  minutes: workMinutes.nullable(),
  /** Where a task is moved: a project's id, and one of its phases. */
  projectId: z.string().nullable(),
  phaseId: z.string().nullable(),
  status: z.enum(['on_hold', 'completed', 'cancelled']).nullable(),
  reason: z.string().min(1),
});

/** What to do about each finding; a finding without measures is left as it is, for the reason given. */
export const remedies = z.object({
  items: z.array(z.object({ key, measures: z.array(proposedMeasure).max(10), why: z.string() })),
});

const week = z.object({ week: z.string(), due: z.number(), planned: z.number(), free: z.number() });

/** Open work in figures: hours, and numbers of things; subtasks are not counted as open tasks. */
export const figures = z.object({
  openTasks: z.int(),
  lateTasks: z.int(),
  latenessHours: z.number(),
  unplacedTasks: z.int(),
  overloadedWeeks: z.int(),
  longestChain: z.int(),
  weeks: z.array(week),
});

/** The same work later, and how late it is by the deadlines of before. */
export const laterFigures = figures.extend({ latenessByOldDeadlines: z.number() });

export const result = z.object({
  decision: z.enum([...verdicts, 'nothing_to_do']),
  proposalId: z.string().nullable(),
  revisions: z.int(),
  findings: z.record(z.string(), z.int()),
  ...operationCounts,
  before: figures.omit({ weeks: true }),
  after: laterFigures.omit({ weeks: true }),
  highlights: z.array(z.string()),
});

export const phases = [
  { name: 'analyze', title: 'Analyze' },
  { name: 'diagnose', title: 'Diagnose' },
  { name: 'reorganize', title: 'Reorganize' },
  { name: 'review', title: 'Review' },
  { name: 'apply', title: 'Apply' },
  { name: 'measure', title: 'Measure' },
] as const;

export type Diagnosis = z.infer<typeof diagnosis>;
export type ProposedMeasure = z.infer<typeof proposedMeasure>;
export type Remedies = z.infer<typeof remedies>;
export type Figures = z.infer<typeof figures>;
export type LaterFigures = z.infer<typeof laterFigures>;
export type Result = z.infer<typeof result>;

/** What the workflow sees of its steps; the whole answers stay in the database. */
export interface Optimization {
  readonly input: z.infer<typeof input>;
  readonly options: z.infer<typeof options>;
  readonly result: Result;
  readonly phase: (typeof phases)[number]['name'];
  readonly calls: {
    readonly diagnose: { readonly params: NoParams; readonly view: { readonly bottlenecks: number } };
    readonly reorganize: {
      readonly params: BatchParams;
      readonly view: BatchView<{ readonly measures: number }>;
    };
    readonly consolidate: {
      readonly params: BatchParams;
      readonly view: BatchView<{ readonly measures: number }>;
    };
  };
  readonly agents: {
    readonly investigate: { readonly params: NoParams; readonly view: { readonly bottlenecks: number } };
  };
  readonly computations: {
    readonly analyze: {
      readonly params: NoParams;
      readonly view: { readonly own: BatchItem[]; readonly shared: BatchItem[] };
    };
    readonly settle: { readonly params: NoParams; readonly view: { readonly measures: number } };
    readonly measure: {
      readonly params: NoParams;
      readonly view: Pick<Result, 'findings' | 'before' | 'after' | 'highlights'>;
    };
  };
  readonly drafts: { readonly reorganization: { readonly params: NoParams } };
}
