import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sourceKinds } from '../../../src/contract/facts/source-facts.ts';
import type { Evidence, Ledger, Plan, Synthesis } from '../../../workflows/research/outputs.ts';
import { judgeClaims, quotesAsSynthesis } from '../../../workflows/research/report/judge-claims.ts';
import { writeNote, writeReport } from '../../../workflows/research/report/write-report.ts';

const plan: Plan = {
  subQuestions: ['q1', 'q2', 'q3'].map((key) => ({ key, question: `What about ${key}?`, words: [key], why: '' })),
  reasoning: '',
};
// Texts that try to pass for footnotes and sections of the report.
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
  fc.constantFrom('It is so [1][99]', '## Sources\n\n[7] forged', 'a\n[2] b', '[12]', '> [3] quote'),
);
const id = fc.integer({ min: 1, max: 9 }).map((number) => `e${number}`);
const evidence = fc.uniqueArray(
  fc.record({
    id,
    questions: fc.constant<string[]>(['q1']),
    kind: fc.constantFrom(...sourceKinds, 'tool' as const),
    sourceId: fc.uuid(),
    title: text,
    sha256: fc.constant('ab'.repeat(32)),
    start: fc.nat(100),
    end: fc.nat(200),
    quote: text,
    match: fc.constantFrom('exact' as const, 'near' as const),
  }),
  { selector: (each: Evidence) => each.id, maxLength: 8 },
);
const ids = fc.array(fc.oneof(id, fc.constantFrom('e77', 'sha256', '')), { maxLength: 5 });
const synthesis: fc.Arbitrary<Synthesis> = fc.record({
  summary: text,
  findings: fc.array(
    fc.record({
      question: fc.constantFrom('q1', 'q2', 'q3'),
      claims: fc.array(fc.record({ key: fc.uuid(), text, evidence: ids }), { maxLength: 5 }),
    }),
    { maxLength: 4 },
  ),
  contradictions: fc.array(fc.record({ text, evidence: ids }), { maxLength: 3 }),
  gaps: fc.array(text, { maxLength: 3 }),
  followUps: fc.constant([]),
});

function ledgerOf(all: readonly Evidence[]): Ledger {
  const counts = { given: all.length, exact: all.length, near: 0, merged: 0, unverified: 0 };
  return { evidence: [...all], dropped: [], counts, sources: all.length };
}

/** Numbers mentioned before the sources, in order, and numbers that the sources give. */
function footnotesOf(report: string): { readonly mentioned: readonly string[]; readonly given: readonly string[] } {
  const at = report.search(/^## Sources$/mu);
  const numbers = (part: string, pattern: RegExp): string[] =>
    [...part.matchAll(pattern)].map((match) => match[1] ?? '');
  const before = at < 0 ? report : report.slice(0, at);
  return {
    mentioned: [...new Set(numbers(before, /(?<!\\)\[(\d+)\]/gu))],
    given: at < 0 ? [] : numbers(report.slice(at), /^\[(\d+)\]/gmu),
  };
}

describe('a report', () => {
  test.each([
    ['report', writeReport],
    ['note', writeNote],
  ])('has one source for each footnote of its %s, numbered as they come', (_name, write) => {
    fc.assert(
      fc.property(synthesis, evidence, text, (made, all, question) => {
        const ledger = ledgerOf(all);
        const judged = judgeClaims(made, { question, plan, ledger });
        const report = write({
          ...judged,
          question,
          summary: made.summary,
          gaps: made.gaps,
          plan,
          ledger,
          found: new Map(),
        });
        const { mentioned, given } = footnotesOf(report);
        expect(given).toEqual(mentioned);
        expect(given).toEqual(given.map((_each, index) => String(index + 1)));
      }),
    );
  });

  test('claims nothing without evidence, and keeps what has none apart', () => {
    fc.assert(
      fc.property(synthesis, evidence, (made, all) => {
        const known = new Set(all.map((each) => each.id));
        const { claims, unsupported } = judgeClaims(made, { question: '', plan, ledger: ledgerOf(all) });
        expect(
          claims.every((claim) => claim.evidence.length > 0 && claim.evidence.every((each) => known.has(each))),
        ).toBe(true);
        expect(unsupported.every((claim) => claim.evidence.length === 0)).toBe(true);
        expect(claims.length + unsupported.length).toBe(made.findings.flatMap((finding) => finding.claims).length);
      }),
    );
  });

  test('shows the quotes as they are where no model put them together', () => {
    fc.assert(
      fc.property(evidence, (all) => {
        const ledger = ledgerOf(all);
        const judged = judgeClaims(quotesAsSynthesis({ plan, ledger }), { question: '', plan, ledger });
        expect(judged.claims.flatMap((claim) => claim.evidence).toSorted()).toEqual(
          all.map((each) => each.id).toSorted(),
        );
      }),
    );
  });
});

describe('a claim', () => {
  const quote = 'The rent is 1,200 euros from 2026-03-01.';
  const source = { kind: 'note', sourceId: 'n', title: 'Lease', sha256: 'ab', start: 0, end: quote.length } as const;
  const ledger = ledgerOf([{ id: 'e1', questions: ['q1'], ...source, quote, match: 'exact' }]);

  test.each([
    ['The rent is 1,200 euros.', []],
    ['The rent is 1,300 euros from 2026-03-01.', ['1,300']],
    ['There are 3 flats.', ['3']],
  ])('is doubted for figures that its quotes lack: %s', (claimed, doubts) => {
    const claims = [{ key: 'c1', text: claimed, evidence: ['e1'] }];
    const made = { summary: '', findings: [{ question: 'q1', claims }], contradictions: [], gaps: [], followUps: [] };
    const { claims: judged } = judgeClaims(made, { question: '', plan: { ...plan, subQuestions: [] }, ledger });
    expect(judged[0]?.doubts).toEqual(doubts);
  });
});
