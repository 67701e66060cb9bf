import { z } from 'zod';
import type { Estimate, PastEstimate, PromptEstimate, Range, Spread } from '../../contract/estimate.ts';

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

const range = z.object({ low: z.number(), high: z.number() }).meta({ id: 'Range' }) satisfies z.ZodType<Range>;

const promptEstimate = z
  .object({
    basis: z.literal('prompt'),
    runs: z.literal(0),
    calls: z.int().meta({ description: 'Model calls and agents that the type declares, each counted once.' }),
    inputTokens: z.int().meta({ description: 'Most tokens that the input can have.' }),
    costUsd: range.nullable().meta({ description: 'Null when the price of a model that would be asked is not known.' }),
    tokens: range,
    message: z.string().meta({ description: 'What it was reckoned from, and what it leaves out.' }),
  })
  .meta({ id: 'PromptEstimate', description: 'Before the first run.' }) satisfies z.ZodType<PromptEstimate>;

const noEstimate = z.object({
  basis: z.literal('none'),
  runs: z.literal(0),
  message: z.string().meta({ description: 'What would be needed.' }),
});

export const estimateView = z
  .discriminatedUnion('basis', [pastEstimate, promptEstimate, noEstimate])
  .meta({ id: 'Estimate' }) satisfies z.ZodType<Estimate>;
