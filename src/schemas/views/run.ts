import { z } from 'zod';
import type { BudgetSnapshot } from '../../contract/events.ts';
import type { MessageReceipt } from '../../contract/messages.ts';
import { proposalStatuses } from './proposal.ts';
import { runStatuses, waitingKinds } from '../../contract/run.ts';
import type { WaitingOn } from '../../contract/run.ts';
import type { ArtifactView, RunDetail, RunRecord, RunView } from '../../contract/views.ts';
import { json, jsonObject, optionalTimestamp, timestamp, usd } from './common.ts';
import { pastEstimate } from './estimate.ts';
import { requestView } from './request.ts';
import { stepView } from './step.ts';

const budgetSnapshot = z
  .object({
    limits: z.object({
      maxCostUsd: usd.nullable(),
      maxTokens: z.int().nullable(),
      maxSteps: z.int().nullable(),
      onExhausted: z.enum(['ask', 'abort']),
      softRatio: z.number(),
    }),
    spentUsd: usd,
    spentTokens: z.int(),
    unknownUsd: usd.meta({ description: 'Held for calls whose price nobody knows; counts as spent.' }),
    steps: z.int(),
    reservedUsd: usd,
  })
  .meta({ id: 'Budget' }) satisfies z.ZodType<BudgetSnapshot>;

const waitingOn = z
  .object({ kind: z.enum(waitingKinds), id: z.string(), since: timestamp, deadline: optionalTimestamp })
  .meta({ id: 'WaitingOn', description: 'What a waiting run waits on.' }) satisfies z.ZodType<WaitingOn>;

const runFields = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  status: z.enum(runStatuses),
  outcome: z.enum(['completed', 'rejected', 'stopped', 'cancelled', 'failed']).nullable(),
  phase: z.string().nullable(),
  waitingOn: waitingOn.nullable(),
  projectId: z.string().nullable(),
  priority: z.int().meta({ description: '1 is the most urgent.' }),
  budget: budgetSnapshot.nullable(),
  totalTokens: z.int(),
  totalCostUsd: usd,
  currentStep: z.int(),
  attempt: z.int().meta({ description: 'Which try this is, from 1.' }),
  maxAttempts: z.int().meta({ description: 'How often the run is tried before it fails.' }),
  error: z.object({ code: z.string(), message: z.string(), details: json }).nullable(),
  dedupKey: z.string().nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
  startAt: optionalTimestamp,
  startedAt: optionalTimestamp,
  completedAt: optionalTimestamp,
});

export const runView = runFields.meta({ id: 'Run' }) satisfies z.ZodType<RunView>;

const recordFields = runFields.extend({ input: jsonObject, options: jsonObject, result: json });

export const runRecord = recordFields.meta({ id: 'RunRecord' }) satisfies z.ZodType<RunRecord>;

export const artifactView = z
  .object({
    id: z.string(),
    runId: z.string(),
    name: z.string(),
    mimeType: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    createdAt: timestamp,
  })
  .meta({ id: 'Artifact' }) satisfies z.ZodType<ArtifactView>;

export const runDetail = recordFields
  .extend({
    phases: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        state: z.enum(['pending', 'current', 'done']),
        steps: z.int(),
        tokens: z.int(),
        costUsd: usd,
        unknownUsd: usd.meta({ description: 'Held for calls whose price nobody knows; not in costUsd.' }),
        seconds: z.number().meta({ description: 'Working time: what a person was waited for is left out.' }),
      }),
    ),
    estimate: pastEstimate.nullable().meta({ description: 'What past runs took, as known when this one was created.' }),
    steps: z.array(stepView),
    requests: z.array(requestView),
    proposals: z.array(
      z.object({ id: z.string(), title: z.string(), status: z.enum(proposalStatuses), digest: z.string() }),
    ),
    artifacts: z.array(artifactView),
    links: z.object({ temporal: z.string().nullable() }),
  })
  .meta({ id: 'RunDetail' }) satisfies z.ZodType<RunDetail>;

export const startedRun = z
  .object({
    data: runView,
    started: z
      .boolean()
      .meta({ description: 'False while Temporal is away: the run is kept and starts when it is back.' }),
    created: z.boolean().meta({ description: 'False when dedupKey found a run that goes on.' }),
  })
  .meta({ id: 'StartedRun' });

export const messageReceipt = z
  .object({
    accepted: z.literal(true),
    duplicate: z.boolean().meta({ description: 'Taken before under the same Idempotency-Key.' }),
  })
  .meta({ id: 'MessageReceipt' }) satisfies z.ZodType<MessageReceipt>;
