import type { FactSheet } from '../../../src/contract/facts.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { quotes, readFound, readQuestion } from '../outputs.ts';
import type { Quotes } from '../outputs.ts';
import { asking } from './shared.ts';
import type { Call } from './shared.ts';

/** The stretches that the search remembered, as they stand now. A source that is gone leaves its key unused. */
function sourcesOf(facts: FactSheet, question: string): readonly JsonObject[] {
  return readFound(facts, question).sources.flatMap(({ key, kind, id, start, title }) => {
    const excerpt = facts.found.find((each) => each.kind === kind && each.id === id && each.start === start);
    return excerpt === undefined ? [] : [{ source: key, kind, title, text: excerpt.text }];
  });
}

export const extract: Call<'extract', Quotes> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 4_000,
  temperature: 0,
  output: quotes,
  facts: ['focusTask'],
  title: ({ question }) => `Find quotes for ${question}`,
  search: (facts, { question }) => ({ queries: [], read: readFound(facts, question).sources }),
  prompt: (facts, { question }) => ({
    instructions: [
      'You find evidence: the passages of "sources" that answer the sub-question, or part of it, or contradict each other about it, or say that something about it is open or to be done.',
      'Copy each passage verbatim, character by character, a sentence or two long; never reword, join or translate. Name its source by the key of the source.',
      'A quote that is not in its source is thrown away. Take nothing where nothing fits, and say in "missing" what the sources leave unanswered.',
    ].join('\n'),
    sections: {
      ...asking(facts),
      sub_question: { ...readQuestion(facts, question) },
      sources: sourcesOf(facts, question),
    },
  }),
  check: (output, facts, { question }) => {
    const known = new Set(readFound(facts, question).sources.map(({ key }) => key));
    return output.quotes.flatMap(({ source }, index) =>
      known.has(source)
        ? []
        : [{ path: `quotes.${index}.source`, message: `"${source}" is none of the sources: ${[...known].join(', ')}` }],
    );
  },
  reasoning: (output) => output.quotes.map(({ source, quote }) => `${source}: ${quote}`).join('\n'),
  view: (output) => ({ quotes: output.quotes.length }),
};
