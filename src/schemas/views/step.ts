import { z } from 'zod';
import { complexities, stepStatuses } from '../../contract/step.ts';
import type { ModelChoice } from '../../contract/step.ts';
import type { StepView } from '../../contract/views.ts';
import { json, optionalTimestamp, usd } from './common.ts';

const modelChoice = z.object({ model: z.string(), complexity: z.enum(complexities), reason: z.string() }).meta({
  id: 'ModelChoice',
  description: 'Which model was asked and why: by how hard the prompt is and what is left of the budget.',
}) satisfies z.ZodType<ModelChoice>;

export const stepView = z
  .object({
    number: z.int(),
    type: z.string(),
    name: z.string(),
    title: z.string(),
    phase: z.string(),
    slot: z.string().nullable(),
    iteration: z.int(),
    status: z.enum(stepStatuses),
    reasoning: z.string().nullable(),
    model: z.string().nullable(),
    provider: z.string().nullable(),
    tokens: z.int(),
    costUsd: usd.nullable().meta({ description: 'Null when nobody knows.' }),
    cached: z.boolean(),
    choice: modelChoice.nullable(),
    retries: z.int(),
    promptDigest: z.string().nullable(),
    factsDigest: z.string().nullable(),
    error: z.string().nullable(),
    input: json,
    output: json,
    startedAt: optionalTimestamp,
    completedAt: optionalTimestamp,
  })
  .meta({ id: 'Step' }) satisfies z.ZodType<StepView>;
