import { z } from 'zod';
import type { Question } from '../../src/contract/request.ts';
import type { NoParams } from '../../src/contract/types/shapes.ts';
import {
  dependency,
  localDate,
  modelQuestion,
  plannedPhase,
  priority,
  recordName,
  taskTitle,
  workMinutes,
} from '../../src/schemas/common-fields.ts';
import { commonOptions, maxRevisions, planningInput } from '../../src/schemas/common-input.ts';
import { operationCounts, verdicts } from '../../src/schemas/common-result.ts';

/** At least one of these says what is to be planned. */
export const input = planningInput.refine(
  (value) => value.userPrompt !== undefined || value.projectId !== undefined || value.taskId !== undefined,
  {
    path: ['userPrompt'],
    message: 'say what you want in userPrompt, or name a projectId or taskId to plan',
  },
);

export const options = commonOptions.extend({
  maxRevisions: maxRevisions('How often a rejected proposal is planned anew; 3 when left out.'),
  horizonDays: z
    .int()
    .min(1)
    .max(730)
    .optional()
    .meta({ description: 'How far ahead work is scheduled; 120 days when left out.' }),
});

/** What is wanted, what bounds it, and what is missing that would change the plan. */
export const analysis = z.object({
  summary: z.string().min(1),
  goals: z.array(z.string()),
  deliverables: z.array(z.string()),
  constraints: z.array(z.string()),
  startDate: localDate.nullable(),
  deadline: localDate.nullable(),
  hoursPerWeek: z.number().positive().max(168).nullable(),
  assumptions: z.array(z.string()),
  questions: z.array(modelQuestion).max(3),
});

export const plan = z.object({
  projectName: recordName,
  executiveSummary: z.string(),
  phases: z.array(plannedPhase).min(1).max(30),
  reasoning: z.string(),
});

export const plannedTask = z.object({
  key: z.string().min(1).max(60),
  title: taskTitle,
  description: z.string(),
  steps: z.array(z.string()),
  durationMinutes: workMinutes,
  priority,
  earliestStart: localDate.nullable(),
  deadline: localDate.nullable(),
  existingTaskId: z.string().nullable(),
  reason: z.string(),
});
export const phaseTasks = z.object({ tasks: z.array(plannedTask).min(1).max(60) });

export const ordering = z.object({
  dependencies: z.array(dependency),
  priorities: z.array(z.object({ task: z.string(), priority, reason: z.string() })),
});

export const summary = z.object({ markdown: z.string().min(1), highlights: z.array(z.string()) });

export const result = z.object({
  decision: z.enum(verdicts),
  proposalId: z.string(),
  revisions: z.int(),
  ...operationCounts,
  highlights: z.array(z.string()),
});

export const phases = [
  { name: 'analyze', title: 'Understand' },
  { name: 'plan', title: 'Plan' },
  { name: 'order', title: 'Order' },
  { name: 'review', title: 'Review' },
  { name: 'apply', title: 'Apply' },
  { name: 'summarize', title: 'Summarize' },
] as const;

export type Analysis = z.infer<typeof analysis>;
export type Plan = z.infer<typeof plan>;
export type PlannedTask = z.infer<typeof plannedTask>;
export type PhaseTasks = z.infer<typeof phaseTasks>;
export type Ordering = z.infer<typeof ordering>;
export type Summary = z.infer<typeof summary>;

/** What the workflow sees of its calls and drafts; the whole answers stay in the database. */
export interface ProjectPlanning {
  readonly input: z.infer<typeof input>;
  readonly options: z.infer<typeof options>;
  readonly result: z.infer<typeof result>;
  readonly phase: (typeof phases)[number]['name'];
  readonly calls: {
    readonly analyze: { readonly params: NoParams; readonly view: { readonly questions: readonly Question[] } };
    readonly plan: {
      readonly params: NoParams;
      readonly view: { readonly phases: readonly { readonly key: string; readonly name: string }[] };
    };
    readonly tasks: { readonly params: { readonly phase: string }; readonly view: { readonly tasks: number } };
    readonly dependencies: { readonly params: NoParams; readonly view: { readonly dependencies: number } };
    readonly summarize: { readonly params: NoParams; readonly view: { readonly highlights: string[] } };
  };
  readonly drafts: { readonly plan: { readonly params: NoParams } };
}
