import { z } from 'zod';
import type { BatchItem, BatchParams, BatchView, NoParams } from '../../src/contract/types/shapes.ts';
import { priority, recordName, taskTitle } from '../../src/schemas/common-fields.ts';
import { commonOptions, maxRevisions, planningInput } from '../../src/schemas/common-input.ts';
import { operationCounts, verdicts } from '../../src/schemas/common-result.ts';

const bound = z
  .string()
  .refine(
    (text) => /^\d{4}-\d{2}-\d{2}(?:T.+(?:Z|[+-]\d{2}:?\d{2}))?$/u.test(text) && !Number.isNaN(Date.parse(text)),
    {
      message: 'is no date or time: write 2026-03-29, or 2026-03-29T09:00:00Z',
    },
  );
const longestMs = 3 * 366 * 86_400_000;

/** How long the window is; null where a bound is left out, or is none and said to be so already. */
function lengthMs({
  from,
  to,
}: {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}): number | null {
  const length = Date.parse(to ?? '') - Date.parse(from ?? '');
  return Number.isNaN(length) ? null : length;
}

export const input = planningInput
  .omit({ taskId: true })
  .extend({
    from: bound
      .optional()
      .meta({ description: 'Where the window begins: a date of yours, or an instant; 90 days ago when left out.' }),
    to: bound
      .optional()
      .meta({ description: 'Where it ends, exclusive; in 30 days when left out. At most three years after from.' }),
  })
  .refine((value) => (lengthMs(value) ?? 1) > 0, { path: ['to'], message: 'must be after from' })
  .refine((value) => (lengthMs(value) ?? 0) <= longestMs, {
    path: ['to'],
    message: 'must be within three years of from',
  });

export const options = commonOptions.extend({
  focusMinutesPerWeek: z
    .int()
    .min(30)
    .max(3_000)
    .optional()
    .meta({ description: 'Proposes blocks of focus time in coming weeks that have less; none when left out.' }),
  maxRevisions: maxRevisions(),
});

/** What the patterns mean. `about` names what it speaks of: a series, a conflict, or a figure. */
export const interpretation = z.object({
  summary: z.string().min(1),
  findings: z
    .array(
      z.object({
        title: z.string().min(1).max(200),
        explanation: z.string(),
        advice: z.string(),
        severity: z.enum(['info', 'notice', 'warning']),
        about: z.array(z.string()).min(1),
      }),
    )
    .max(12),
});

/** Topics of the calendar that deserve a project, and those that have one. */
export const suggestions = z.object({
  projects: z
    .array(
      z.object({
        key: z.string().min(1).max(40),
        name: recordName,
        description: z.string(),
        series: z.array(z.string()).min(1),
        existingProjectId: z.string().nullable(),
        reason: z.string(),
      }),
    )
    .max(12),
  /** Keys of `arrangement` that the person does not want. */
  leaveOut: z.array(z.string()),
});

export const meetingTask = z.object({
  role: z.enum(['preparation', 'follow_up']),
  title: taskTitle,
  description: z.string(),
  steps: z.array(z.string()),
  durationMinutes: z.int().min(5).max(2_400),
  priority,
  /** Days after the meeting by which a follow-up is done; 0 for a preparation, which is done before it begins. */
  dueInDays: z.int().min(0).max(30),
  /** An existing task that is this work already. */
  existingTaskId: z.string().nullable(),
  /** Key of a suggestion, id of an existing project, or null. */
  project: z.string().nullable(),
  reason: z.string(),
});
export const meetingTasks = z.object({
  items: z.array(z.object({ key: z.string(), tasks: z.array(meetingTask).max(4) })),
});

export const result = z.object({
  decision: z.enum([...verdicts, 'nothing_to_propose']),
  proposalId: z.string().nullable(),
  revisions: z.int(),
  ...operationCounts,
  figures: z.object({
    events: z.int(),
    hoursPerWeek: z.number(),
    meetingShare: z.number(),
    focusMinutesPerWeek: z.int(),
    explicitSeries: z.int(),
    implicitSeries: z.int(),
    conflicts: z.int(),
    problems: z.int(),
  }),
  suggested: z.object({ projects: z.int(), tasks: z.int(), calendarChanges: z.int() }),
  highlights: z.array(z.string()),
});

export const phases = [
  { name: 'look', title: 'Look' },
  { name: 'interpret', title: 'Interpret' },
  { name: 'suggest', title: 'Suggest' },
  { name: 'review', title: 'Review' },
  { name: 'apply', title: 'Apply' },
  { name: 'report', title: 'Report' },
] as const;

export type Interpretation = z.infer<typeof interpretation>;
export type Suggestions = z.infer<typeof suggestions>;
export type MeetingTask = z.infer<typeof meetingTask>;
export type MeetingTasks = z.infer<typeof meetingTasks>;
export type Result = z.infer<typeof result>;

/** What the workflow sees of its calls and computations; the whole of them stays in the database. */
export interface CalendarAnalysis {
  readonly input: z.infer<typeof input>;
  readonly options: z.infer<typeof options>;
  readonly result: Result;
  readonly phase: (typeof phases)[number]['name'];
  readonly calls: {
    readonly interpret: { readonly params: NoParams; readonly view: { readonly findings: number } };
    readonly suggest: {
      readonly params: NoParams;
      readonly view: { readonly newProjects: number; readonly leftOut: number };
    };
    readonly meeting_tasks: {
      readonly params: BatchParams;
      readonly view: BatchView<{ readonly tasks: number }>;
    };
  };
  readonly computations: {
    readonly patterns: {
      readonly params: NoParams;
      readonly view: {
        readonly figures: Result['figures'];
        readonly meetings: readonly BatchItem[];
      };
    };
    readonly arrange: { readonly params: NoParams; readonly view: { readonly changes: number } };
    readonly report: { readonly params: NoParams; readonly view: { readonly highlights: readonly string[] } };
  };
  readonly drafts: { readonly suggestions: { readonly params: NoParams } };
}
