import { z } from 'zod';
import type { NoParams } from '../../src/contract/types/shapes.ts';
import { sourceKinds } from '../../src/contract/facts/source-facts.ts';
import { commonOptions, maxRevisions, planningInput } from '../../src/schemas/common-input.ts';
import { operationCounts, verdicts } from '../../src/schemas/common-result.ts';

/** The question stands in `userPrompt`, or is a task of the person's. */
export const input = planningInput.refine((value) => value.userPrompt !== undefined || value.taskId !== undefined, {
  path: ['userPrompt'],
  message: 'ask your question in userPrompt, or name a taskId that is the question',
});

export const options = commonOptions.extend({
  maxSubQuestions: z
    .int()
    .min(1)
    .max(12)
    .optional()
    .meta({ description: 'Into how many sub-questions the question is split at most; 5 when left out.' }),
  maxSources: z
    .int()
    .min(1)
    .max(40)
    .optional()
    .meta({ description: 'How many sources are read for a sub-question at most; 8 when left out.' }),
  kinds: z
    .array(z.enum(sourceKinds))
    .min(1)
    .optional()
    .meta({ description: 'Which kinds of sources are searched; all when left out.' }),
  onlyProject: z
    .boolean()
    .optional()
    .meta({ description: "Search the project's records alone, where a project is named." }),
  tools: z.array(z.string().trim().min(1).max(100)).max(50).optional().meta({
    description: 'Further tools that the agent may read with: names, `<server>__*`, `read:outside`, `read:own`.',
  }),
  followUps: z.boolean().optional().meta({ description: 'Propose follow-up tasks; true when left out.' }),
  maxRevisions: maxRevisions(),
});

export const phases = [
  { name: 'plan', title: 'Plan' },
  { name: 'gather', title: 'Gather' },
  { name: 'check', title: 'Check' },
  { name: 'synthesize', title: 'Synthesize' },
  { name: 'review', title: 'Review' },
  { name: 'apply', title: 'Apply' },
] as const;

export const result = z.object({
  decision: z.enum([...verdicts, 'nothing_found']),
  subQuestions: z.int(),
  sources: z.int(),
  evidence: z.int(),
  /** Quotes that are not in their source: no part of the report. */
  unverified: z.int(),
  claims: z.int(),
  unsupported: z.int(),
  contradictions: z.int(),
  gaps: z.int(),
  proposalId: z.string().nullable(),
  revisions: z.int(),
  ...operationCounts,
  highlights: z.array(z.string()),
});

type OfQuestion = { readonly question: string };

/** What the workflow sees of its calls, computations and drafts; the whole answers stay in the database. */
export interface Research {
  readonly input: z.infer<typeof input>;
  readonly options: z.infer<typeof options>;
  readonly result: z.infer<typeof result>;
  readonly phase: (typeof phases)[number]['name'];
  readonly calls: {
    readonly plan: { readonly params: NoParams; readonly view: { readonly questions: readonly string[] } };
    readonly extract: { readonly params: OfQuestion; readonly view: { readonly quotes: number } };
    readonly synthesize: { readonly params: NoParams; readonly view: { readonly claims: number } };
  };
  readonly computations: {
    readonly find: { readonly params: OfQuestion; readonly view: { readonly sources: number } };
    readonly ledger: {
      readonly params: NoParams;
      readonly view: { readonly evidence: number; readonly sources: number; readonly unverified: number };
    };
    readonly verify: {
      readonly params: NoParams;
      readonly view: {
        readonly claims: number;
        readonly unsupported: number;
        readonly contradictions: number;
        readonly gaps: number;
        readonly highlights: readonly string[];
      };
    };
  };
  readonly agents: {
    readonly gather: { readonly params: OfQuestion; readonly view: { readonly evidence: number } };
  };
  readonly drafts: { readonly findings: { readonly params: NoParams } };
}
