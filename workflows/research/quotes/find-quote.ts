import { foldLoosely, foldSpace } from './fold.ts';
import type { Folded } from './fold.ts';

/** Where a quote stands in a text, in its characters [start, end), and how near it is. */
export type FoundQuote = { readonly start: number; readonly end: number; readonly match: 'exact' | 'near' };

/** A text that many quotes are looked for in. */
export type Searchable = { readonly text: string; readonly exact: Folded; readonly near: Folded };

/** Shorter than this says nothing: it would be in any text. */
export const leastQuoteChars = 12;
// What dots in a quote may stand for.
const mostOmitted = 300;
const leastPiece = 4;
const letter = /[\p{L}\p{N}]/u;
const omission = /\s*(?:\[\.\.\.\]|\(\.\.\.\)|\.{3,})\s*/u;

type Span = { readonly from: number; readonly to: number };

export function searchable(text: string): Searchable {
  return { text, exact: foldSpace(text), near: foldLoosely(text) };
}

/** Whole words only: "available" is not what a text says that says "unavailable". */
function isWhole(text: string, { from, to }: Span): boolean {
  const within = (left: string | undefined, right: string | undefined): boolean =>
    left !== undefined && right !== undefined && letter.test(left) && letter.test(right);
  return !within(text[from - 1], text[from]) && !within(text[to - 1], text[to]);
}

function findWhole(text: string, wanted: string, from: number): Span | null {
  if (wanted === '') return null;
  for (let at = text.indexOf(wanted, from); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const span = { from: at, to: at + wanted.length };
    if (isWhole(text, span)) return span;
  }
  return null;
}

/** Pieces of a quote one after the other, with little between them. */
function findPieces(text: string, pieces: readonly string[]): Span | null {
  const [first, ...rest] = pieces;
  if (first === undefined) return null;
  for (let start = findWhole(text, first, 0); start !== null; start = findWhole(text, first, start.from + 1)) {
    let end: number | null = start.to;
    for (const piece of rest) {
      const next: Span | null = end === null ? null : findWhole(text, piece, end);
      end = next === null || end === null || next.from - end > mostOmitted ? null : next.to;
    }
    if (end !== null) return { from: start.from, to: end };
  }
  return null;
}

function toFound({ text, ...folded }: Searchable, { from, to }: Span, match: FoundQuote['match']): FoundQuote {
  const { at } = match === 'exact' ? folded.exact : folded.near;
  const start = at[from] ?? 0;
  const last = at[to - 1] ?? start;
  return { start, end: last + String.fromCodePoint(text.codePointAt(last) ?? 0).length, match };
}

// Models put marks around a quote, and a full stop behind a part of a sentence.
function trimmed(text: string): string {
  return text.replaceAll(/^["'\s]+|["'\s]+$/gu, '').replace(/[.,;:]$/u, '');
}

/**
 * Where `quote` stands in a text: verbatim but for white space, else nearly so (case, quotation marks, dashes, Markdown's
 * marks, dots that leave up to 300 characters out). Null when it is not there, or too short to say anything.
 */
export function findQuote(text: Searchable, quote: string): FoundQuote | null {
  const exact = foldSpace(quote).text.trim();
  if (exact.length < leastQuoteChars) return null;
  const verbatim = findWhole(text.exact.text, exact, 0);
  if (verbatim !== null) return toFound(text, verbatim, 'exact');
  const pieces = foldLoosely(quote).text.split(omission).map(trimmed);
  const said = pieces.filter((piece) => piece !== '');
  if (said.join('').length < leastQuoteChars || (said.length > 1 && said.some((piece) => piece.length < leastPiece)))
    return null;
  const near = findPieces(text.near.text, said);
  return near === null ? null : toFound(text, near, 'near');
}
