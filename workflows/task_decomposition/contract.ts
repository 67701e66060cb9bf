import { z } from 'zod';
import type { Question } from '../../src/contract/request.ts';
import type { NoParams } from '../../src/contract/types/shapes.ts';
import { dependency } from '../../src/schemas/common-fields.ts';
import { commonOptions, maxRevisions, planningInput } from '../../src/schemas/common-input.ts';
import { operationCounts, verdicts } from '../../src/schemas/common-result.ts';

/** With nothing named, the open task that needs it most is taken. */
export const input = planningInput;

export const defaults = { maxMinutes: 120, minMinutes: 15, maxRounds: 3, horizonDays: 60 } as const;

export const options = commonOptions
  .extend({
    maxMinutes: z
      .int()
      .min(30)
      .max(2_400)
      .optional()
      .meta({ description: 'How long a subtask may take; what is longer is split further. 120 when left out.' }),
    minMinutes: z
      .int()
      .min(5)
      .max(480)
      .optional()
      .meta({ description: 'Neighbors shorter than this become one subtask. 15 when left out.' }),
    maxRounds: z.int().min(1).max(4).optional().meta({
      description: 'How often what is still too long is split again, the first time included. 3 when left out.',
    }),
    schedule: z
      .boolean()
      .optional()
      .meta({ description: 'Also place the subtasks into the free time of the calendar.' }),
    horizonDays: z
      .int()
      .min(1)
      .max(365)
      .optional()
      .meta({ description: 'How far ahead subtasks are scheduled; 60 days when left out.' }),
    maxRevisions: maxRevisions(),
  })
  .refine(
    ({ minMinutes, maxMinutes }) => 2 * (minMinutes ?? defaults.minMinutes) <= (maxMinutes ?? defaults.maxMinutes),
    {
      path: ['minMinutes'],
      message: 'must be at most half of maxMinutes: lower minMinutes, or raise maxMinutes',
    },
  );

const minutes = z.int().min(1).max(100_000);

export const splitPart = z.object({
  key: z.string().min(1).max(20),
  title: z.string().trim().min(1).max(200),
  steps: z.array(z.string().trim().min(1)).min(1).max(40),
  acceptance: z.string().trim().min(1).max(500),
  minutes: z.object({ low: minutes, likely: minutes, high: minutes }),
  reason: z.string().trim().min(1),
  existingTaskId: z.string().nullable(),
});

/** The parts of a task, or of a part of it that was still too long. One part means that it is not worth splitting. */
export const split = z.object({
  title: z.string().trim().min(1).max(200),
  summary: z.string(),
  parts: z.array(splitPart).min(1).max(40),
  reasoning: z.string(),
});

export const ordering = z.object({
  dependencies: z.array(dependency),
  reasoning: z.string(),
});

export const result = z.object({
  decision: z.enum([...verdicts, 'nothing_to_do']),
  taskId: z.string().nullable(),
  proposalId: z.string().nullable(),
  revisions: z.int(),
  subtasks: z.int(),
  ...operationCounts,
  highlights: z.array(z.string()),
});

export const phases = [
  { name: 'find', title: 'Find the task' },
  { name: 'split', title: 'Split' },
  { name: 'order', title: 'Order' },
  { name: 'review', title: 'Review' },
  { name: 'apply', title: 'Apply' },
  { name: 'report', title: 'Report' },
] as const;

export type SplitPart = z.infer<typeof splitPart>;
export type Split = z.infer<typeof split>;
export type Ordering = z.infer<typeof ordering>;

/** `ask` when several tasks need it about equally; `small` and `nothing` when there is nothing to do. */
export type TargetState = 'ready' | 'ask' | 'small' | 'nothing';
export type TargetView = {
  readonly state: TargetState;
  readonly why: string;
  readonly taskId: string | null;
  readonly questions: readonly Question[];
};
export type PartsView = {
  /** Keys of parts to split further. */
  readonly oversized: readonly string[];
  readonly count: number;
  /** Why there is nothing to propose, or null. */
  readonly nothing: string | null;
};

/** What the workflow sees of its calls, computations and drafts; the whole answers stay in the database. */
export interface TaskDecomposition {
  readonly input: z.infer<typeof input>;
  readonly options: z.infer<typeof options>;
  readonly result: z.infer<typeof result>;
  readonly phase: (typeof phases)[number]['name'];
  readonly calls: {
    readonly split: { readonly params: { readonly part: string }; readonly view: { readonly parts: number } };
    readonly order: { readonly params: NoParams; readonly view: { readonly dependencies: number } };
  };
  readonly computations: {
    readonly target: { readonly params: NoParams; readonly view: TargetView };
    readonly parts: { readonly params: { readonly split: readonly string[] }; readonly view: PartsView };
    readonly report: { readonly params: NoParams; readonly view: { readonly highlights: readonly string[] } };
  };
  readonly drafts: { readonly subtasks: { readonly params: NoParams } };
}
