import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findQuote, leastQuoteChars, searchable } from '../../../workflows/research/quotes/find-quote.ts';

// The stated normalization, said another way than the code does it.
function plainly(text: string): string {
  return text
    .replaceAll(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF*`]/gu, '')
    .replaceAll(/[‘’‚‛′´‹›]/gu, "'")
    .replaceAll(/[“”„‟″«»]/gu, '"')
    .replaceAll(/[‐‑‒–—―−]/gu, '-')
    .replaceAll('…', '...')
    .toLowerCase()
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

const word = fc.constantFrom(
  ...'deposit rent lease Miete Kündigung 1.200 € three months “due” before—after naïve 2026-03-01 (open) **bold** don’t a in it'.split(
    ' ',
  ),
);
const gap = fc.constantFrom(' ', '  ', '\n', ' \n\n', '\t', '\u00A0');
const text = fc.array(fc.tuple(word, gap), { minLength: 8, maxLength: 60 }).map((parts) => parts.flat().join(''));

/** A stretch of whole words of a text. */
const quoted = text.chain((source) => {
  const starts = [...source.matchAll(/\S+/gu)];
  return fc.tuple(fc.nat(starts.length - 5), fc.integer({ min: 4, max: 12 })).map(([from, count]) => {
    const last = starts[Math.min(from + count, starts.length) - 1];
    const end = (last?.index ?? 0) + (last?.[0].length ?? 0);
    return { source, quote: source.slice(starts[from]?.index ?? 0, end) };
  });
});

describe('a quote', () => {
  test('that is in the text is found there, and what is recorded are the characters of the text', () => {
    fc.assert(
      fc.property(quoted, ({ source, quote }) => {
        fc.pre(quote.replaceAll(/\s+/gu, ' ').length >= leastQuoteChars);
        const found = findQuote(searchable(source), quote.replaceAll(/\s+/gu, ' '));
        expect(found?.match).toBe('exact');
        const kept = source.slice(found?.start, found?.end);
        expect(kept.replaceAll(/\s+/gu, ' ')).toBe(quote.replaceAll(/\s+/gu, ' '));
      }),
    );
  });

  test('in other case, marks, dashes and spaces is found nearly', () => {
    fc.assert(
      fc.property(quoted, ({ source, quote }) => {
        fc.pre(plainly(quote).length >= 2 * leastQuoteChars && !quote.includes('…'));
        const found = findQuote(searchable(source), plainly(quote).toUpperCase().replaceAll('-', '–'));
        expect(plainly(source.slice(found?.start, found?.end))).toContain(
          plainly(quote).replaceAll(/^["'\s]+|["'\s]+$/gu, ''),
        );
      }),
    );
  });

  test('with any change passes only if the text says so', () => {
    const change = fc.record({ at: fc.nat(200), drop: fc.nat(6), put: fc.string({ maxLength: 6 }) });
    fc.assert(
      fc.property(quoted, fc.array(change, { minLength: 1, maxLength: 3 }), ({ source, quote }, changes) => {
        const changed = changes.reduce(
          (now, { at, drop, put }) =>
            now.slice(0, at % (now.length + 1)) + put + now.slice((at % (now.length + 1)) + drop),
          quote,
        );
        const found = findQuote(searchable(source), changed);
        if (found === null) return;
        const kept = plainly(source.slice(found.start, found.end));
        expect(plainly(source)).toContain(kept);
        // Each piece between dots stands in what is kept, in order, and what is kept begins and ends with them.
        let at = 0;
        for (const piece of plainly(changed).split(/\s*(?:\[\.\.\.\]|\(\.\.\.\)|\.{3,})\s*/u)) {
          const bare = piece.replaceAll(/^["'\s]+|["'\s]+$/gu, '').replace(/[.,;:]$/u, '');
          const next = kept.indexOf(bare, at);
          expect(next).toBeGreaterThanOrEqual(0);
          at = next + bare.length;
        }
        if (found.match === 'exact') expect(kept).toBe(plainly(changed));
      }),
      { numRuns: 1_000 },
    );
  });

  test('of which the text has only parts of words is not in it', () => {
    const source = searchable('The heating is unavailable in winter, says the caretaker.');
    expect(findQuote(source, 'available in winter')).toBeNull();
    expect(findQuote(source, 'unavailable in winter')).toMatchObject({ match: 'exact' });
  });

  test('that leaves something out by dots is kept whole; where much is left out it is none', () => {
    const near = `The deposit is due ${'now '.repeat(5)}before the keys are handed over.`;
    const found = findQuote(searchable(near), 'The deposit is due … before the keys');
    expect(near.slice(found?.start, found?.end)).toBe(near.slice(0, near.indexOf(' are handed')));
    const far = `The deposit is due ${'now '.repeat(200)}before the keys are handed over.`;
    expect(findQuote(searchable(far), 'The deposit is due … before the keys')).toBeNull();
    expect(findQuote(searchable(far), 'before the keys … The deposit is due')).toBeNull();
  });

  test.each(['', '   ', 'the', 'rent is', '…', '“ … ”', '*** ```'])('of nothing much is none: %j', (quote) => {
    expect(findQuote(searchable('the rent is … due “ … ” *** ```'), quote)).toBeNull();
  });

  test('is found behind emoji and letters whose lower case is longer', () => {
    const source = 'İstanbul 👩‍👩‍👧 Straße: „Die Miete beträgt 900 € im Monat.“';
    const found = findQuote(searchable(source), '"die miete beträgt 900 € im monat"');
    expect(source.slice(found?.start, found?.end)).toBe('Die Miete beträgt 900 € im Monat');
  });
});
