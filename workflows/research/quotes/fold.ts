/** A text made comparable; `at[i]` is where in the text as it was its i-th character comes from. */
export type Folded = { readonly text: string; readonly at: readonly number[] };

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
};
const space = /\s/u;
// Soft hyphens, joiners, marks of direction, and Markdown's marks of emphasis and code: nothing of them is read.
const unseen = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF*`]/u;

type Fold = (character: string) => string;

function fold(text: string, one: Fold): Folded {
  const at: number[] = [];
  const parts: string[] = [];
  let position = 0;
  let afterSpace = true;
  for (const character of text) {
    const isSpace = space.test(character);
    const folded = isSpace ? (afterSpace ? '' : ' ') : one(character);
    if (folded !== '') afterSpace = isSpace;
    parts.push(folded);
    for (let unit = 0; unit < folded.length; unit += 1) at.push(position);
    position += character.length;
  }
  return { text: parts.join(''), at };
}

/** Runs of white space as one space: the only thing that a verbatim quote may differ in. */
export function foldSpace(text: string): Folded {
  return fold(text, (character) => character);
}

/** Besides: letters' case, forms of quotation marks, dashes and dots, and characters that nobody reads. */
export function foldLoosely(text: string): Folded {
  return fold(text, (character) => (unseen.test(character) ? '' : (alike[character] ?? character.toLowerCase())));
}
