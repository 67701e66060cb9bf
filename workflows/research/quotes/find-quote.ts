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
const letter = /[\p{L}\p{N}\p{M}]/u;
const digit = /\p{N}/u;
// What holds a word together ("can't", "non-refundable"), and a figure ("1.200", "3–5", "10:30").
const inWords = /['’‐‑-]/u;
const inFigures = /[.,:/'’‐‑–−-]/u;
const omission = /\s*(?:\[\.\.\.\]|\(\.\.\.\)|\.{3,})\s*/u;

type Span = { readonly from: number; readonly to: number };

export function searchable(text: string): Searchable {
  return { text, exact: foldSpace(text), near: foldLoosely(text) };
}

/** Whether a mark between two characters makes one word or one figure of them. */
function holds(left: string, mark: string, right: string): boolean {
  if (!letter.test(left) || !letter.test(right)) return false;
  return (digit.test(left) && digit.test(right) ? inFigures : inWords).test(mark);
}

/** Whether a place lies within a word or a figure. */
function isWithin(text: string, at: number): boolean {
  const [before = '', left = '', right = '', after = ''] = [text[at - 2], text[at - 1], text[at], text[at + 1]];
  return (letter.test(left) && letter.test(right)) || holds(left, right, after) || holds(before, left, right);
}

/**
 * Whole words and figures only: "available" is not what a text says that says "unavailable", nor is "we can" of "we can't",
 * or "a rent of 1" of "a rent of 1.200".
 */
function isWhole(text: string, { from, to }: Span): boolean {
  return !isWithin(text, from) && !isWithin(text, to);
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

function toFound(text: Searchable, { from, to }: Span, match: FoundQuote['match']): FoundQuote {
  const { at, end } = text[match];
  const start = at[from] ?? 0;
  return { start, end: end[to - 1] ?? start, match };
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
