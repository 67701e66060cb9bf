/** Some thousand words: what models read with care in one go, and whose tasks fit into one answer. */
export const mostChars = 6_000;

/** A stretch of a text, [start, end) in UTF-16 units. */
export type Piece = { readonly key: string; readonly start: number; readonly end: number };

// From the better border to the worse: a blank line, a sentence's or line's end, a space. Each match ends where a piece may.
const borders = [/\n[^\S\n]*\n\s*/gu, /[.!?…]+["'”’)\]]*\s+|\n\s*/gu, /\s+/gu] as const;

function lastBorder(text: string, window: { readonly from: number; readonly to: number }): number | null {
  const part = text.slice(window.from, window.to);
  for (const border of borders) {
    const last = [...part.matchAll(border)].at(-1);
    if (last !== undefined) return window.from + last.index + last[0].length;
  }
  return null;
}

function hardBorder(text: string, at: number): number {
  const before = text.charCodeAt(at - 1);
  // Not between the halves of a character.
  return before >= 0xd800 && before <= 0xdbff ? at - 1 : at;
}

/**
 * Cuts a text into pieces of at most `mostChars` (2 or more), at paragraphs, else sentences, else words, in the second
 * half of what a piece may hold. No overlap: one after the other the pieces are exactly the text.
 */
export function cutPieces(text: string, mostChars: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  while (start < text.length) {
    const most = start + mostChars;
    const window = { from: start + Math.floor(mostChars / 2), to: most };
    const end = most >= text.length ? text.length : (lastBorder(text, window) ?? hardBorder(text, most));
    pieces.push({ key: `p${pieces.length + 1}`, start, end });
    start = end;
  }
  return pieces;
}

/** A number (32-bit FNV-1a) that tells two texts apart well enough to notice that one was edited. */
export function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
