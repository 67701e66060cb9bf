import { describe, expect, test } from 'vitest';
import { checkQuotes } from '../../../workflows/research/ledger/check-quotes.ts';
import { findQuote, searchable } from '../../../workflows/research/quotes/find-quote.ts';

function found(source: string, quote: string): string | null {
  const place = findQuote(searchable(source), quote);
  return place === null ? null : `${place.match}: ${source.slice(place.start, place.end)}`;
}

describe('a quote', () => {
  test('is the same however its accents are written, and is kept as the source has it', () => {
    const text = 'Die Kündigung wird zum Ende des Monats gültig.';
    const [apart, together] = [text.normalize('NFD'), text.normalize('NFC')];
    expect(found(apart, 'Die Kündigung wird zum Ende'.normalize('NFC'))).toBe(
      `exact: ${'Die Kündigung wird zum Ende'.normalize('NFD')}`,
    );
    expect(found(together, together.normalize('NFD'))).toBe(`exact: ${together}`);
    expect(found('보증금은 석 달 치 월세입니다 그리고'.normalize('NFD'), '보증금은 석 달 치 월세입니다')).toBe(
      `exact: ${'보증금은 석 달 치 월세입니다'.normalize('NFD')}`,
    );
  });

  test('has its last accent with it', () => {
    expect(found('We met at the old cafe\u0301 today.', 'at the old caf\u00E9')).toBe('exact: at the old cafe\u0301');
    expect(found('We met at the old cafe\u0301 today.', 'We met at the old cafe')).toBeNull();
  });

  test('of a PDF is found whether letters are joined or not', () => {
    expect(found('The ﬁnal oﬃce rent is due.', 'The final office rent')).toBe('near: The ﬁnal oﬃce rent');
  });

  test.each([
    ['The landlord can\u2019t keep the deposit.', 'The landlord can'],
    ["The landlord can't keep the deposit.", 'The landlord can.'],
    ['It is a non-refundable deposit of two rents.', 'refundable deposit'],
    ['The rent is 1.200 € a month.', 'The rent is 1'],
    ['The rent is 1.200 € a month.', '200 € a month'],
    ['Notice takes 3–5 months of time.', '5 months of time'],
    ['The meeting is at 10:30 on Monday.', 'The meeting is at 10'],
  ])('is no part of a word or figure that says something else: %s', (source, quote) => {
    expect(found(source, quote)).toBeNull();
  });

  test.each([
    ['The rent is 1.200 €. It rises.', 'The rent is 1.200 €'],
    ['It costs 5. Then nothing more.', 'It costs 5. Then'],
    ['The tenant—who must pay—moves.', 'who must pay—moves'],
    ["They say 'the deposit is safe' there.", 'the deposit is safe'],
    ['Open: end-to-end tests/reviews missing.', 'end-to-end tests'],
  ])('is found where its words and figures are whole: %s', (source, quote) => {
    expect(found(source, quote)).toBe(`exact: ${quote}`);
  });
});

describe('the ledger', () => {
  test('keeps one of two quotes that a wider one holds, for all that they answer', () => {
    const text = 'The deposit is three rents. It is paid back after six months.';
    const source = { kind: 'note', sourceId: 'n', title: 'Lease', sha256: '', text: searchable(text) } as const;
    const quotes = [
      ['q1', 'The deposit is three rents.'],
      ['q2', 'It is paid back after six months.'],
      ['q3', text],
    ] as const;
    const { evidence, counts } = checkQuotes(
      quotes.map(([question, quote]) => ({ question, quote, source: 's1', named: [source], others: [] })),
    );
    expect(evidence).toMatchObject([{ id: 'e1', quote: text, questions: ['q1', 'q2', 'q3'] }]);
    expect(counts).toMatchObject({ given: 3, exact: 3, merged: 2 });
  });
});
