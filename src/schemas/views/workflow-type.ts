import { z } from 'zod';
import type { WorkflowTypeView } from '../../contract/views.ts';
import { jsonObject, jsonSchema, usd } from './common.ts';

export const workflowTypeView = z
  .object({
    name: z.string(),
    version: z.int(),
    title: z.string(),
    description: z.string(),
    phases: z.array(z.object({ name: z.string(), title: z.string() })),
    inputSchema: jsonSchema,
    optionsSchema: jsonSchema,
    resultSchema: jsonSchema,
    examples: z.array(jsonObject),
    estimate: z
      .object({ runs: z.int(), medianCostUsd: usd, medianTokens: z.number(), medianSeconds: z.number() })
      .nullable()
      .meta({ description: 'Learned from past runs of the type; null before the first.' }),
  })
  .meta({ id: 'WorkflowType' }) satisfies z.ZodType<WorkflowTypeView>;
