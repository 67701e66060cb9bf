import { z } from 'zod';

/** What a person may decide about a proposal, as a result's `decision` says it; a type adds its own word for "no proposal". */
export const verdicts = ['approved', 'partly_approved', 'rejected'] as const;

/** What became of a proposal's operations. `refused` are those that the person left out, with what needs them. */
export const operationCounts = { applied: z.int(), refused: z.int(), failed: z.int() };
