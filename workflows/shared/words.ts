const fillers = new Set(
  'the a an and or of to in on for with at by from into as is be it its this that your our my all new der die das den dem des ein eine einen einer eines und oder von zu zum zur im am auf für mit bei aus nach vor alle neue neuen'.split(
    ' ',
  ),
);

/** A title as it is compared: no numbering in front, no case, no punctuation. */
export function normalizedTitle(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^\s*(?:\d+(?:\.\d+)*[.):]?\s+)+/u, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ies|ings?|ed|es|s|en|e|n)$/u, '') : word.replace(/s$/u, '');
}

/** The words that carry a text's meaning, cut to rough stems. English and German. */
export function meaningfulWords(text: string): ReadonlySet<string> {
  const words = normalizedTitle(text).split(' ');
  return new Set(words.filter((word) => word !== '' && !fillers.has(word)).map(stem));
}

/** Words in common over words in either, 0 to 1. */
export function likeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const shared = [...left].filter((word) => right.has(word)).length;
  const either = left.size + right.size - shared;
  return either === 0 ? 0 : shared / either;
}
