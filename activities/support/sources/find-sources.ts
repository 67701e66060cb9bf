import { StewardError } from '../../../src/contract/errors.ts';
import { sourceKinds } from '../../../src/contract/facts/source-facts.ts';
import type {
  SourceExcerpt,
  SourceRef,
  SourceSearch,
  SourceStretch,
} from '../../../src/contract/facts/source-facts.ts';
import { matchingSources, readSource } from '../../../src/db/search.ts';
import type { Source } from '../../../src/db/search.ts';
import type { Tx } from '../transaction.ts';
import { bestStretches } from './stretches.ts';
import type { Range } from './stretches.ts';

type Searching = { readonly userId: string; readonly search: SourceSearch };

const defaultLimit = 10;

/** Null for what is not there any more, or has no text that can be read. */
async function readIfThere(tx: Tx, userId: string, { kind, id }: SourceRef): Promise<Source | null> {
  try {
    return await readSource(tx, { userId, kind, id });
  } catch (error) {
    if (error instanceof StewardError && (error.code === 'not_found' || error.code === 'conflict')) return null;
    throw error;
  }
}

function excerptOf(source: Source, { start, end }: Range): SourceExcerpt {
  const { text, ...rest } = source;
  const stretch = text.slice(start, end);
  return { ...rest, text: stretch, start, cut: stretch.length < text.length };
}

function rangeOf(source: Source, { start = 0, end = source.text.length }: SourceStretch): Range {
  return { start, end };
}

async function readNamed(tx: Tx, userId: string, named: readonly SourceStretch[]): Promise<readonly SourceExcerpt[]> {
  const sources = new Map<string, Source | null>();
  const excerpts: SourceExcerpt[] = [];
  for (const stretch of named) {
    const key = `${stretch.kind}/${stretch.id}`;
    const known = sources.get(key);
    const source = known === undefined ? await readIfThere(tx, userId, stretch) : known;
    sources.set(key, source);
    if (source !== null) excerpts.push(excerptOf(source, rangeOf(source, stretch)));
  }
  return excerpts;
}

/** The sources that any of the queries finds, best first: by the best rank that one of them gives. */
async function match(tx: Tx, { userId, search }: Searching): Promise<readonly SourceRef[]> {
  const { queries, kinds = sourceKinds, projectId = null, limit = defaultLimit } = search;
  const best = new Map<string, SourceRef & { readonly rank: number }>();
  for (const query of new Set(queries)) {
    for (const hit of await matchingSources(tx, { userId, query, kinds, projectId, limit })) {
      const key = `${hit.kind}/${hit.id}`;
      if ((best.get(key)?.rank ?? -1) < hit.rank) best.set(key, hit);
    }
  }
  return [...best.values()].toSorted((left, right) => right.rank - left.rank).slice(0, limit);
}

/** What a call's search names and finds, as its facts hold it. */
export async function findSources(tx: Tx, searching: Searching): Promise<readonly SourceExcerpt[]> {
  const { userId, search } = searching;
  const named = await readNamed(tx, userId, search.read ?? []);
  const found: SourceExcerpt[] = [];
  for (const ref of await match(tx, searching)) {
    const source = await readIfThere(tx, userId, ref);
    if (source === null) continue;
    found.push(...bestStretches(source.text, search.queries).map((range) => excerptOf(source, range)));
  }
  return [...named, ...found];
}
