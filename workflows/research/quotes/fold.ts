/** A text made comparable; its i-th character comes from `[at[i], end[i])` of the text as it was. */
export type Folded = { readonly text: string; readonly at: readonly number[]; readonly end: readonly number[] };

// What a writer, a PDF or a model exchanges without meaning anything by it.
const alike: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '′': "'",
  '´': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '″': '"',
  '«': '"',
  '»': '"',
  '‹': "'",
  '›': "'",
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '…': '...',
  // PDFs are full of them.
  ﬀ: 'ff',
  ﬁ: 'fi',
  ﬂ: 'fl',
  ﬃ: 'ffi',
  ﬄ: 'ffl',
  ﬆ: 'st',
};
const space = /\s/u;
// A sign with all that belongs to it: accents that are characters of their own, the letters of a Korean syllable. Files of
// some systems and PDFs hold "ü" as two characters, models write it as one.
const signs = /[\u1100-\u115F][\u1160-\u11A7][\u11A8-\u11FF]?|\P{M}\p{M}*|\p{M}+/gu;
// Soft hyphens, joiners, marks of direction, and Markdown's marks of emphasis and code: nothing of them is read.
const unseen = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF*`]/u;

type Fold = (character: string) => string;

function fold(text: string, one: Fold): Folded {
  const at: number[] = [];
  const end: number[] = [];
  const parts: string[] = [];
  let position = 0;
  let afterSpace = true;
  for (const [sign] of text.matchAll(signs)) {
    const isSpace = space.test(sign);
    const folded = isSpace ? (afterSpace ? '' : ' ') : one(sign.normalize('NFC'));
    if (folded !== '') afterSpace = isSpace;
    parts.push(folded);
    for (let unit = 0; unit < folded.length; unit += 1) {
      at.push(position);
      end.push(position + sign.length);
    }
    position += sign.length;
  }
  return { text: parts.join(''), at, end };
}

/** Runs of white space as one space, and every sign in its usual form: all that a verbatim quote may differ in. */
export function foldSpace(text: string): Folded {
  return fold(text, (character) => character);
}

/** Besides: letters' case, forms of quotation marks, dashes and dots, and characters that nobody reads. */
export function foldLoosely(text: string): Folded {
  return fold(text, (character) => (unseen.test(character) ? '' : (alike[character] ?? character.toLowerCase())));
}
