import { z } from 'zod';
import { commonOptions, planningInput } from '../../src/schemas/common-input.ts';

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
  maxRevisions: z
    .int()
    .min(0)
    .max(10)
    .optional()
    .meta({ description: 'How often a rejected proposal is made anew; 3 when left out.' }),
});

export const phasePlan = z.object({
  phases: z
    .array(
      z.object({
        key: z.string().min(1).max(40),
        name: z.string().trim().min(1).max(200),
        goal: z.string(),
        description: z.string(),
      }),
    )
    .min(1)
    .max(20),
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
        title: z.string().trim().min(1).max(300),
        description: z.string(),
        steps: z.array(z.string()).max(40),
        minutes: z.int().min(5).max(100_000),
        priority: z.enum(['low', 'medium', 'high', 'critical']),
        reason: z.string().trim().min(1).max(400),
      }),
    )
    .max(12),
});

export const result = z.object({
  decision: z.enum(['approved', 'partly_approved', 'rejected']),
  proposalId: z.string(),
  revisions: z.int(),
  phases: z.int(),
  tasks: z.int(),
  applied: z.int(),
  refused: z.int(),
  failed: z.int(),
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

type NoParams = Record<string, never>;

/** What the workflow sees of its calls, computations and drafts; the whole answers stay in the database. */
export interface GeneratePhases {
  readonly input: z.infer<typeof input>;
  readonly options: z.infer<typeof options>;
  readonly result: z.infer<typeof result>;
  readonly phase: (typeof phases)[number]['name'];
  readonly calls: {
    readonly phases: { readonly params: NoParams; readonly view: { readonly keys: readonly string[] } };
    readonly assign: {
      readonly params: { readonly items: readonly string[] };
      readonly view: { readonly items: readonly { readonly key: string }[] };
    };
    readonly suggest: { readonly params: { readonly phase: string }; readonly view: { readonly tasks: number } };
  };
  readonly computations: {
    readonly read: {
      readonly params: NoParams;
      readonly view: { readonly tasks: readonly { readonly key: string; readonly chars: number }[] };
    };
    readonly report: { readonly params: NoParams; readonly view: { readonly highlights: readonly string[] } };
  };
  readonly drafts: { readonly phases: { readonly params: NoParams } };
}
