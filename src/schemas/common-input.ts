import { z } from 'zod';

/** The input every planning workflow accepts (B12). */
export const planningInput = z
  .object({
    userPrompt: z
      .string()
      .trim()
      .min(1, 'say in your own words what you want')
      .max(200_000)
      .optional()
      .meta({ description: 'What you want, in your own words: one line or a whole document.' }),
    projectId: z.uuid().optional().meta({ description: 'An existing project to plan further.' }),
    taskId: z.uuid().optional().meta({ description: 'An existing task to start from.' }),
    context: z
      .union([z.string().max(50_000), z.record(z.string(), z.json())])
      .optional()
      .meta({ description: 'Anything else worth knowing: text or an object.' }),
  })
  .strict();

/** Options every workflow type accepts (B12). `maxCost` is in USD. */
export const commonOptions = z
  .object({
    maxSteps: z.int().min(1).max(10_000).optional().meta({ description: 'Most numbered steps of the run.' }),
    maxCost: z.number().min(0).max(10_000).optional().meta({ description: 'Most the run may cost, in USD.' }),
    autoExecute: z
      .boolean()
      .optional()
      .meta({ description: 'Apply the proposal without asking, unless requireConfirmation is true.' }),
    requireConfirmation: z.boolean().optional().meta({ description: 'Always ask before anything is applied.' }),
  })
  .strict();

/** How often a rejected proposal is made anew. A type that calls its work otherwise, or has another default, says so. */
export function maxRevisions(description = 'How often a rejected proposal is made anew; 3 when left out.') {
  return z.int().min(0).max(10).optional().meta({ description });
}

/** Budget of a run; null lifts a limit. */
export const budgetInput = z
  .object({
    maxCostUsd: z.number().min(0).max(10_000).nullable().optional(),
    maxTokens: z.int().min(0).max(1_000_000_000).nullable().optional(),
    maxSteps: z.int().min(1).max(10_000).nullable().optional(),
    onExhausted: z.enum(['ask', 'abort']).optional(),
    softRatio: z.number().min(0).max(1).optional(),
  })
  .strict();
