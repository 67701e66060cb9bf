import { z } from 'zod';
import { questionKinds, requestKinds } from '../../contract/request.ts';
import type { Question } from '../../contract/request.ts';
import type { RequestView } from '../../contract/views.ts';
import { json, jsonSchema, optionalTimestamp, timestamp } from './common.ts';

const question = z
  .object({
    key: z.string(),
    question: z.string(),
    why: z.string(),
    kind: z.enum(questionKinds),
    options: z.array(z.string()),
    default: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  })
  .meta({ id: 'Question' }) satisfies z.ZodType<Question>;

export const requestView = z
  .object({
    id: z.string(),
    runId: z.string(),
    runName: z.string(),
    kind: z.enum(requestKinds),
    status: z.enum(['open', 'answered', 'expired', 'withdrawn']),
    title: z.string(),
    body: z.string().nullable(),
    questions: z.array(question),
    schema: jsonSchema.nullable().meta({ description: 'JSON Schema of the answer, for kinds that are answered.' }),
    proposalId: z.string().nullable(),
    digest: z.string().nullable(),
    deadline: optionalTimestamp,
    onDeadline: z.enum(['default', 'escalate', 'fail']),
    answer: json,
    decision: z.enum(['approve', 'reject']).nullable(),
    comment: z.string().nullable(),
    createdAt: timestamp,
    closedAt: optionalTimestamp,
  })
  .meta({ id: 'Request', description: 'What a run waits for from a person.' }) satisfies z.ZodType<RequestView>;
