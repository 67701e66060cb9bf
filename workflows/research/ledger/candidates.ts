import type { FactSheet } from '../../../src/contract/facts.ts';
import type { SourceRef } from '../../../src/contract/facts/source-facts.ts';
import { uuidPattern } from '../ids.ts';
import { readFound, readGathered, readPlan, readQuotes } from '../outputs.ts';
import type { Evidence } from '../outputs.ts';
import { isInScope } from '../scope.ts';
import { searchable } from '../quotes/find-quote.ts';
import type { Searchable } from '../quotes/find-quote.ts';

/** A text that quotes are checked against: a record's, a file's, or what a tool answered. */
export type Checked = Pick<Evidence, 'kind' | 'sourceId' | 'title' | 'sha256'> & { readonly text: Searchable };

/** A quote as a model gave it. `named` are the sources it says it is from, `others` all else that was read beside. */
export type Given = {
  readonly question: string;
  readonly quote: string;
  readonly source: string;
  readonly named: readonly Checked[];
  readonly others: readonly Checked[];
};

// What these answer is text of records, and cited as such.
const readsRecords = new Set(['search_records', 'read_source', 'search_notes', 'recall']);

function refKey({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind}/${id}`;
}

/** All sources that the outputs of earlier steps name: read from the database again, whole. */
export function namedSources(facts: FactSheet): readonly SourceRef[] {
  const refs = readPlan(facts).subQuestions.flatMap(({ key }) => [
    ...readFound(facts, key).sources.map(({ kind, id }) => ({ kind, id })),
    ...readGathered(facts, key).flatMap(({ kind, source: id }) =>
      kind !== 'tool' && uuidPattern.test(id) ? [{ kind, id: id.toLowerCase() }] : [],
    ),
  ]);
  return [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
}

function recordsByKey(facts: FactSheet): ReadonlyMap<string, Checked> {
  return new Map(
    facts.found
      .filter((source) => isInScope(facts, source))
      .map(({ kind, id, title, sha256, text }) => [
        refKey({ kind, id }),
        { kind, sourceId: id, title, sha256, text: searchable(text) },
      ]),
  );
}

/** What tools answered in the loops for a sub-question. */
function toolAnswers(facts: FactSheet, question: string): readonly Checked[] {
  return facts.toolResults
    .filter(({ loop, tool }) => loop.startsWith(`gather/${question}-`) && !readsRecords.has(tool))
    .map(({ loop, callId, tool, sha256, content }) => ({
      kind: 'tool',
      sourceId: `${loop}.${callId}`,
      title: tool,
      sha256,
      text: searchable(content),
    }));
}

function quotesOf(facts: FactSheet, question: string, records: ReadonlyMap<string, Checked>): readonly Given[] {
  const { sources } = readFound(facts, question);
  const others = sources.flatMap((source) => records.get(refKey(source)) ?? []);
  return readQuotes(facts, question).map(({ source, quote }) => {
    const meant = sources.find(({ key }) => key === source);
    const named = meant === undefined ? undefined : records.get(refKey(meant));
    return { question, quote, source, named: named === undefined ? [] : [named], others };
  });
}

function gatheredOf(facts: FactSheet, question: string, records: ReadonlyMap<string, Checked>): readonly Given[] {
  const given = readGathered(facts, question);
  const answers = toolAnswers(facts, question);
  const recordOf = (kind: string, id: string): readonly Checked[] => {
    const record = records.get(refKey({ kind, id: id.toLowerCase() }));
    return record === undefined ? [] : [record];
  };
  const others = [...given.flatMap(({ kind, source }) => recordOf(kind, source)), ...answers];
  return given.map(({ kind, source, quote }) => {
    const named =
      kind === 'tool'
        ? answers.filter(({ title, sourceId }) => title === source || sourceId.endsWith(`.${source}`))
        : recordOf(kind, source);
    return { question, quote, source: `${kind} ${source}`, named, others };
  });
}

/** Every quote that a model gave, with the texts it is checked against. */
export function givenQuotes(facts: FactSheet): readonly Given[] {
  const records = recordsByKey(facts);
  return readPlan(facts).subQuestions.flatMap(({ key }) => [
    ...quotesOf(facts, key, records),
    ...gatheredOf(facts, key, records),
  ]);
}
