import { z } from 'zod';
import type { BatchItem, BatchParams, BatchView, NoParams } from '../../src/contract/types/shapes.ts';
import { plannedPhase, priority, taskTitle, workMinutes } from '../../src/schemas/common-fields.ts';
import { commonOptions, maxRevisions, planningInput } from '../../src/schemas/common-input.ts';
import { operationCounts, verdicts } from '../../src/schemas/common-result.ts';

export const input = planningInput.pick({ userPrompt: true, context: true }).extend({
  projectId: z
    .uuid('name the project by its id; GET /api/projects or "steward projects list" shows them')
    .meta({ description: 'The project whose phases are wanted.' }),
  userPrompt: planningInput.shape.userPrompt.meta({ description: 'What you wish for the phases.' }),
});

export const strategies = ['sequential', 'by_topic', 'by_deadline'] as const;
export type Strategy = (typeof strategies)[number];

export const options = commonOptions.extend({
  strategy: z
    .enum(strategies, `expected one of: ${strategies.join(', ')}`)
    .optional()
    .meta({
      description:
        'Phases that follow each other (sequential, when left out), one for each topic, or by when work is due.',
    }),
  replace: z
    .boolean()
    .optional()
    .meta({ description: 'Remove the phases that are there and keep no task. Left alone when left out.' }),
  suggestTasks: z.boolean().optional().meta({ description: 'Suggest tasks that are missing; true when left out.' }),
  maxRevisions: maxRevisions(),
});

export const phasePlan = z.object({
  phases: z.array(plannedPhase).min(1).max(20),
  reasoning: z.string(),
});

/** Where each task belongs: the task's id as key, the phase by its key. */
export const assignment = z.object({
  items: z.array(z.object({ key: z.string(), phase: z.string(), reason: z.string().trim().min(1).max(400) })),
});

export const suggestions = z.object({
  tasks: z
    .array(
      z.object({
        title: taskTitle,
        description: z.string(),
        steps: z.array(z.string()).max(40),
        minutes: workMinutes,
        priority,
        reason: z.string().trim().min(1).max(400),
      }),
    )
    .max(12),
});

export const result = z.object({
  decision: z.enum(verdicts),
  proposalId: z.string(),
  revisions: z.int(),
  phases: z.int(),
  tasks: z.int(),
  ...operationCounts,
  highlights: z.array(z.string()),
});

export const phases = [
  { name: 'read', title: 'Read the project' },
  { name: 'phases', title: 'Lay out phases' },
  { name: 'assign', title: 'Assign tasks' },
  { name: 'review', title: 'Review' },
  { name: 'apply', title: 'Apply' },
  { name: 'report', title: 'Report' },
] as const;

export type PhasePlan = z.infer<typeof phasePlan>;
export type Assignment = z.infer<typeof assignment>;
export type Suggestions = z.infer<typeof suggestions>;

/** What the workflow sees of its calls, computations and drafts; the whole answers stay in the database. */
export interface GeneratePhases {
  readonly input: z.infer<typeof input>;
  readonly options: z.infer<typeof options>;
  readonly result: z.infer<typeof result>;
  readonly phase: (typeof phases)[number]['name'];
  readonly calls: {
    readonly phases: { readonly params: NoParams; readonly view: { readonly keys: readonly string[] } };
    readonly assign: {
      readonly params: BatchParams;
      readonly view: BatchView;
    };
    readonly suggest: { readonly params: { readonly phase: string }; readonly view: { readonly tasks: number } };
  };
  readonly computations: {
    readonly read: {
      readonly params: NoParams;
      readonly view: { readonly tasks: readonly BatchItem[] };
    };
    readonly report: { readonly params: NoParams; readonly view: { readonly highlights: readonly string[] } };
  };
  readonly drafts: { readonly phases: { readonly params: NoParams } };
}
