import type { ComputationContract } from '../../../src/schemas/workflow-contract.ts';
import type { Research } from '../contract.ts';
import { givenQuotes, namedSources } from '../ledger/candidates.ts';
import { checkQuotes } from '../ledger/check-quotes.ts';
import type { Ledger } from '../outputs.ts';

type OfLedger = Research['computations']['ledger'];

/** Checks every quote against its source, read from the database anew: not against what a model was shown. */
export const evidenceLedger: ComputationContract<Ledger, OfLedger['params'], OfLedger['view']> = {
  facts: ['project', 'toolResults'],
  title: () => 'Check every quote against its source',
  search: (facts) => ({ queries: [], read: namedSources(facts) }),
  compute: (facts) => checkQuotes(givenQuotes(facts)),
  reasoning: ({ counts, dropped }) =>
    [
      `${counts.given} quotes: ${counts.exact} verbatim, ${counts.near} nearly so, ${counts.merged} of them said twice; ${counts.unverified} unverified.`,
      ...dropped.map(({ question, source, quote, why }) => `Unverified (${question}, ${source}): "${quote}": ${why}.`),
    ].join('\n'),
  view: ({ evidence, sources, counts }) => ({ evidence: evidence.length, sources, unverified: counts.unverified }),
};
