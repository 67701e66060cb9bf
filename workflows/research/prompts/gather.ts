import type { FactSheet } from '../../../src/contract/facts.ts';
import type { Json } from '../../../src/contract/json.ts';
import type { AgentContract } from '../../../src/schemas/workflow-contract.ts';
import { uuidPattern } from '../ids.ts';
import { gathered, readFound, readQuestion } from '../outputs.ts';
import type { Gathered } from '../outputs.ts';
import type { Research } from '../contract.ts';
import { scopeOf } from '../scope.ts';
import { asking } from './shared.ts';

type Gather = Research['agents']['gather'];

/** What the search found, each source once: where the agent may begin. */
function foundSources(facts: FactSheet, question: string): Json {
  const byId = new Map(readFound(facts, question).sources.map(({ kind, id, title }) => [id, { kind, id, title }]));
  return [...byId.values()];
}

/** Looks further with tools: where the search found little, and where the person granted more. */
export const gather: AgentContract<Gathered, Gather['params'], Gather['view']> = {
  profile: { kind: 'json', name: 'powerful' },
  maxOutputTokens: 4_000,
  facts: ['project', 'focusTask'],
  title: ({ question }) => `Look further for ${question}`,
  goal: (facts, { question }) => ({
    instructions: [
      'Your work is research.gather.',
      'You find evidence for the sub-question: passages that answer it or part of it, contradict each other about it, or say that something about it is open or to be done.',
      'Search by other words than those of "searched", in English and German, then read what looks right. Search within the kinds and the project of "parameters" only. "sources" were found already and are quoted by somebody else; read others, and tools from outside where they help.',
      'Copy each passage verbatim, character by character, a sentence or two long; never reword, join or translate. Name its source: kind and id of a record or file, or kind "tool" and the name of the tool whose answer holds it.',
      'A quote that is not in its source is thrown away. Finish with an empty list when there is nothing.',
    ].join('\n'),
    sections: {
      ...asking(facts),
      sub_question: { ...readQuestion(facts, question) },
      parameters: { ...scopeOf(facts) },
      searched: readFound(facts, question).searched,
      sources: foundSources(facts, question),
    },
  }),
  result: gathered,
  check: ({ evidence }) =>
    evidence.flatMap(({ kind, source }, index) =>
      kind === 'tool' || uuidPattern.test(source)
        ? []
        : [{ path: `evidence.${index}.source`, message: `"${source}" is no id of a ${kind}; ids are UUIDs` }],
    ),
  view: ({ evidence }) => ({ evidence: evidence.length }),
};
