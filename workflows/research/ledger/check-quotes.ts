import type { Evidence, Ledger } from '../outputs.ts';
import { findQuote, leastQuoteChars } from '../quotes/find-quote.ts';
import type { Checked, Given } from './candidates.ts';

type Verified = Omit<Evidence, 'id'>;
type Dropped = Ledger['dropped'][number];

const shownChars = 300;

function verify({ question, quote }: Given, sources: readonly Checked[]): Verified | null {
  for (const { text, ...source } of sources) {
    const place = findQuote(text, quote);
    if (place === null) continue;
    // The stored text's own characters, not those that the model wrote.
    return { questions: [question], ...source, ...place, quote: text.text.slice(place.start, place.end) };
  }
  return null;
}

function drop({ question, source, quote, named }: Given): Dropped {
  const why =
    quote.trim().length < leastQuoteChars
      ? `it has fewer than ${leastQuoteChars} characters`
      : named.length === 0
        ? 'there is no such source, and no other that was read says it'
        : 'neither its source nor another that was read says it';
  return { question, source, quote: quote.slice(0, shownChars), status: 'unverified', why };
}

function isWithin(inner: Verified, outer: Verified): boolean {
  return (
    inner.kind === outer.kind &&
    inner.sourceId === outer.sourceId &&
    outer.start <= inner.start &&
    inner.end <= outer.end
  );
}

/** A quote within another of the same source is that one, and a wider one takes the place of all that lie within it. */
function merge(all: readonly Verified[], next: Verified): readonly Verified[] {
  const same = all.filter((each) => isWithin(next, each) || isWithin(each, next));
  const [first] = same;
  if (first === undefined) return [...all, next];
  const wider = isWithin(next, first) ? first : next;
  const questions = [...new Set([...same, next].flatMap((each) => each.questions))];
  return all.flatMap((each) => {
    if (each === first) return [{ ...wider, questions }];
    return same.includes(each) ? [] : [each];
  });
}

/** What of the quotes given is in a source; what is not is dropped and counted. */
export function checkQuotes(given: readonly Given[]): Ledger {
  const judged = given.map((each) => ({ each, verified: verify(each, [...each.named, ...each.others]) }));
  const good = judged.flatMap(({ verified }) => (verified === null ? [] : [verified]));
  const dropped = judged.flatMap(({ each, verified }) => (verified === null ? [drop(each)] : []));
  const merged = good.reduce<readonly Verified[]>(merge, []);
  const exact = good.filter(({ match }) => match === 'exact').length;
  return {
    evidence: merged.map((each, index) => ({ id: `e${index + 1}`, ...each })),
    dropped,
    counts: {
      given: given.length,
      exact,
      near: good.length - exact,
      merged: good.length - merged.length,
      unverified: dropped.length,
    },
    sources: new Set(merged.map(({ kind, sourceId }) => `${kind}/${sourceId}`)).size,
  };
}
