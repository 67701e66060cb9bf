import { z } from 'zod';
import type { BatchItem, BatchParams, BatchView, NoParams } from '../../src/contract/types/shapes.ts';
import { commonOptions, maxRevisions, planningInput } from '../../src/schemas/common-input.ts';
import { timeZoneName } from '../../src/schemas/time-zone.ts';

export const input = planningInput.pick({ userPrompt: true, context: true }).extend({
  date: z.iso
    .date('expected a day as YYYY-MM-DD')
    .optional()
    .meta({ description: 'The day the brief is for; today in your time zone when left out.' }),
  projectIds: z
    .array(z.uuid())
    .min(1, 'name at least one project, or leave it out for all')
    .max(50)
    .optional()
    .meta({ description: 'Only these projects; all active ones, and tasks without a project, when left out.' }),
  userPrompt: planningInput.shape.userPrompt.meta({ description: 'What the brief should look at above all.' }),
});

export const defaults = { maxItems: 5 } as const;

export const options = commonOptions.extend({
  timeZone: timeZoneName
    .optional()
    .meta({ description: 'Where you are that day, such as America/New_York; your own zone when left out.' }),
  maxItems: z
    .int()
    .min(1)
    .max(50)
    .optional()
    .meta({ description: 'Most tasks shown of each kind in each project; 5 when left out.' }),
  maxRevisions: maxRevisions('How often a rejected brief is written anew; 3 when left out.'),
});

/** What the model writes of one project; the tasks themselves are listed by code. */
export const projectBriefs = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      text: z.string().trim().min(1).max(1_500),
      focusTaskId: z.string().nullable(),
    }),
  ),
  reasoning: z.string(),
});

export const analysis = z.object({
  insights: z.array(z.string().trim().min(1).max(400)).max(5),
  priorityActions: z
    .array(
      z.object({
        taskId: z.string(),
        action: z.string().trim().min(1).max(200),
        reason: z.string().trim().min(1).max(300),
      }),
    )
    .max(5),
});

export const result = z.object({
  decision: z.enum(['saved', 'rejected']),
  briefDate: z.string(),
  timeZone: z.string(),
  proposalId: z.string(),
  revisions: z.int(),
  tasks: z.int(),
  overdue: z.int(),
  dueToday: z.int(),
  events: z.int(),
  freeMinutes: z.int(),
  applied: z.int(),
  failed: z.int(),
  highlights: z.array(z.string()),
});

export const phases = [
  { name: 'collect', title: 'Collect the day' },
  { name: 'projects', title: 'Brief each project' },
  { name: 'analyze', title: 'Find what matters' },
  { name: 'save', title: 'Save' },
] as const;

export type ProjectBriefs = z.infer<typeof projectBriefs>;
export type Analysis = z.infer<typeof analysis>;

export type DayView = {
  readonly day: {
    readonly briefDate: string;
    readonly timeZone: string;
    readonly tasks: number;
    readonly overdue: number;
    readonly dueToday: number;
    readonly events: number;
    readonly freeMinutes: number;
  };
  /** Projects with something to say, and how much. */
  readonly projects: readonly BatchItem[];
  /** Nothing is due, planned, going on or finished: no model is asked. */
  readonly quiet: boolean;
};

/** What the workflow sees of its calls, computations and drafts; the whole answers stay in the database. */
export interface GenerateDailyBrief {
  readonly input: z.infer<typeof input>;
  readonly options: z.infer<typeof options>;
  readonly result: z.infer<typeof result>;
  readonly phase: (typeof phases)[number]['name'];
  readonly calls: {
    readonly projectBriefs: {
      readonly params: BatchParams;
      readonly view: BatchView;
    };
    readonly analyze: { readonly params: NoParams; readonly view: { readonly actions: number } };
  };
  readonly computations: {
    readonly collect: { readonly params: NoParams; readonly view: DayView };
    readonly consolidate: { readonly params: NoParams; readonly view: { readonly chars: number } };
    readonly brief: { readonly params: NoParams; readonly view: { readonly highlights: readonly string[] } };
  };
  readonly drafts: { readonly brief: { readonly params: NoParams } };
}
