import { z } from 'zod';
import type { OperationStatus, ProposalStatus } from '../../contract/proposal.ts';
import type { OperationView, ProposalView } from '../../contract/views.ts';
import { json, optionalTimestamp, timestamp } from './common.ts';

export const proposalStatuses = [
  'open',
  'approved',
  'rejected',
  'withdrawn',
  'applied',
  'partly_applied',
  'undone',
] as const satisfies readonly ProposalStatus[];
const operationStatuses = [
  'proposed',
  'accepted',
  'refused',
  'applied',
  'failed',
  'skipped',
  'undone',
] as const satisfies readonly OperationStatus[];

const operationView = z
  .object({
    id: z.string(),
    position: z.int(),
    kind: z.string(),
    title: z.string(),
    reason: z.string(),
    requires: z.array(z.string()).meta({ description: 'Operations without which this one makes no sense.' }),
    payload: json,
    before: json,
    status: z.enum(operationStatuses),
    error: z.string().nullable(),
  })
  .meta({ id: 'Operation' }) satisfies z.ZodType<OperationView>;

export const proposalView = z
  .object({
    id: z.string(),
    runId: z.string(),
    requestId: z.string().nullable(),
    revision: z.int(),
    digest: z.string(),
    status: z.enum(proposalStatuses),
    title: z.string(),
    summary: z.string(),
    notes: z.array(z.object({ kind: z.string(), title: z.string(), text: z.string() })),
    counts: z.record(z.string(), z.int()).meta({ description: 'How many operations it has of each kind.' }),
    statuses: z
      .partialRecord(z.enum(operationStatuses), z.int())
      .meta({ description: 'How many of its operations stand how.' }),
    operationCount: z.int(),
    operations: z.array(operationView).meta({ description: 'A page of them, in their order.' }),
    nextCursor: z.string().nullable().meta({ description: 'For the next page of `operations`; null on the last.' }),
    createdAt: timestamp,
    decidedAt: optionalTimestamp,
    appliedAt: optionalTimestamp,
    undoneAt: optionalTimestamp,
  })
  .meta({ id: 'Proposal' }) satisfies z.ZodType<ProposalView>;

export const undoResult = z
  .object({
    proposalId: z.string(),
    undone: z.int(),
    kept: z
      .array(z.object({ operationId: z.string(), reason: z.string() }))
      .meta({ description: 'What could not be taken back, and why; the first hundred.' }),
    keptCount: z.int().exactOptional().meta({ description: 'How many could not be taken back.' }),
  })
  .meta({ id: 'UndoResult' });
