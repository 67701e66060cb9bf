import { z } from 'zod';
import type { Json } from '../../../src/contract/json.ts';
import { commonOptions } from '../../../src/schemas/common-input.ts';

/** A workflow type for tests: one input per part of the kernel that no real type uses yet. */
export const input = z
  .object({
    script: z.enum([
      'agent',
      'questions',
      'calls',
      'question_after_calls',
      'batches',
      'compute',
      'sure',
      'again',
      'apply',
    ]),
    goal: z.string().optional(),
    tools: z.array(z.string()).optional(),
    maxTurns: z.int().optional(),
    /** Texts that the agent is given as facts. */
    texts: z.array(z.string()).optional(),
    /** How many model calls, one after the other or side by side. */
    calls: z.int().optional(),
    parallel: z.boolean().optional(),
    /** Small texts by key, weighed in batches. */
    items: z.record(z.string(), z.string()).optional(),
    /** Added up by a computation. */
    numbers: z.array(z.number()).optional(),
    /** How sure the draft is, and how sure it must be to be accepted without a person. */
    confidence: z.number().optional(),
    sure: z.number().optional(),
    /** How many tasks the draft adds to its project; -1 leaves the project out as well. */
    tasks: z.int().optional(),
    /** What the question's default is; none when left out. */
    standing: z.string().optional(),
  })
  .strict();

export const options = commonOptions;
export const said = z.object({ text: z.string() });
export const weighed = z.object({ items: z.array(z.object({ key: z.string(), weight: z.int() })) });
export const found = z.object({ result: z.string(), noteId: z.string().optional() });
export const result = z.json();
export const phases = [
  { name: 'work', title: 'Work' },
  { name: 'ask', title: 'Ask' },
] as const;

export interface Probe {
  readonly input: z.infer<typeof input>;
  readonly options: z.infer<typeof options>;
  readonly result: Json;
  readonly phase: (typeof phases)[number]['name'];
  readonly calls: {
    readonly say: { readonly params: { readonly turn: number }; readonly view: { readonly text: string } };
    readonly weigh: {
      readonly params: { readonly items: readonly string[] };
      readonly view: { readonly items: readonly { readonly key: string; readonly weight: number }[] };
    };
  };
  readonly drafts: { readonly project: { readonly params: Record<string, never> } };
  readonly computations: {
    readonly add: { readonly params: Record<string, never>; readonly view: { readonly sum: number } };
  };
  readonly agents: { readonly work: { readonly params: Record<string, never>; readonly view: string } };
}
