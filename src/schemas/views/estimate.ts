import { z } from 'zod';
import type { Estimate, PastEstimate, Spread } from '../../contract/estimate.ts';

const spread = z.object({ median: z.number(), p90: z.number() }).meta({
  id: 'Spread',
  description: 'The middle of past runs, and what nine of ten kept to.',
}) satisfies z.ZodType<Spread>;

const spreads = {
  costUsd: spread,
  tokens: spread,
  seconds: spread.meta({ description: 'Working time: what a person was waited for is left out.' }),
  steps: spread,
};

export const pastEstimate = z
  .object({
    basis: z.literal('past_runs'),
    runs: z.int().meta({ description: 'How many of your runs it was learned from, the latest 30 at most.' }),
    unknownCostRuns: z.int().meta({ description: 'In how many of them the cost of some call is unknown.' }),
    ...spreads,
    phases: z.array(z.object({ name: z.string(), ...spreads })),
  })
  .meta({ id: 'PastEstimate' }) satisfies z.ZodType<PastEstimate>;

export const estimateView = z
  .discriminatedUnion('basis', [pastEstimate, z.object({ basis: z.literal('none'), runs: z.literal(0) })])
  .meta({ id: 'Estimate' }) satisfies z.ZodType<Estimate>;
