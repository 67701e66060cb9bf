import type { FactSheet } from '../../../src/contract/facts.ts';
import type { SourceSearch } from '../../../src/contract/facts/source-facts.ts';
import type { ComputationContract } from '../../../src/schemas/workflow-contract.ts';
import type { Research } from '../contract.ts';
import { readQuestion } from '../outputs.ts';
import type { Found } from '../outputs.ts';
import { isInScope, scopeOf } from '../scope.ts';

type Find = Research['computations']['find'];

const defaultSources = 8;

function searchFor(facts: FactSheet, key: string): SourceSearch {
  const { question, words } = readQuestion(facts, key);
  const { maxSources } = facts.options;
  return {
    queries: [question, words.join(' ')],
    ...scopeOf(facts),
    limit: typeof maxSources === 'number' ? maxSources : defaultSources,
  };
}

/** Searches the person's records by a sub-question's words, and remembers which stretches of them are to be read. */
export const find: ComputationContract<Found, Find['params'], Find['view']> = {
  facts: ['project'],
  title: ({ question }) => `Search for ${question}`,
  search: (facts, { question }) => searchFor(facts, question),
  compute: (facts, { question }) => ({
    searched: [...searchFor(facts, question).queries],
    sources: facts.found
      .filter((source) => isInScope(facts, source))
      .map(({ kind, id, title, start, text }, index) => ({
        key: `s${index + 1}`,
        kind,
        id,
        title,
        start,
        end: start + text.length,
      })),
  }),
  reasoning: ({ searched, sources }) =>
    [`Searched: ${searched.join(' | ')}`, ...sources.map(({ key, kind, title }) => `${key}: ${kind} "${title}"`)].join(
      '\n',
    ),
  view: ({ sources }) => ({ sources: new Set(sources.map(({ kind, id }) => `${kind}/${id}`)).size }),
};
