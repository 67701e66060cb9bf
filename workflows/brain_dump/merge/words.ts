const fillers = new Set(
  'the a an and or of to in on for with at by from into as is be it its this that your our my me i we you all some also please then der die das den dem des ein eine einen einer eines und oder von zu zum zur im in am auf für mit bei aus nach vor ich wir mir uns noch mal bitte auch dann'.split(
    ' ',
  ),
);

function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ies|ings?|ed|es|s|en|e|n)$/u, '') : word.replace(/s$/u, '');
}

/** The words of a phrase that carry its meaning, cut to rough stems, each once. English and German. */
export function meaningOf(text: string): ReadonlySet<string> {
  const found = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(found.filter((word) => !fillers.has(word)).map(stem));
}

function shared(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let common = 0;
  for (const word of left) if (right.has(word)) common += 1;
  return common;
}

/** Words in common over words in either: 0 to 1. */
export function likeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const common = shared(left, right);
  const either = left.size + right.size - common;
  return either === 0 ? 0 : common / either;
}

/** Whether most of what `part` says is said by `whole` as well. */
export function isWithin(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return part.size > 0 && shared(part, whole) / part.size >= 0.8;
}

function numbersOf(words: ReadonlySet<string>): string {
  return [...words]
    .filter((word) => /\d/u.test(word))
    .toSorted()
    .join(' ');
}

type Meaning = { readonly words: ReadonlySet<string>; readonly numbers: string };

// A dump of thousands of thoughts holds each against each: reading the words anew each time took a quarter of a minute.
const remembered = new Map<string, Meaning>();
const mostRemembered = 10_000;

function readMeaning(text: string): Meaning {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const words = meaningOf(text);
  const meaning = { words, numbers: numbersOf(words) };
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(text, meaning);
  return meaning;
}

const alike = 0.75;
// "Call the dentist" and "call the dentist about the bill": all of the one is in the other, and most of that.
const alikeWithin = 0.66;

/** Whether two names mean the same thing to do. Different numbers in them ("chapter 3", "chapter 4") say that they don't. */
export function isSameThing(left: string, right: string): boolean {
  const [{ words: a, numbers }, { words: b, numbers: others }] = [readMeaning(left), readMeaning(right)];
  if (a.size === 0 || b.size === 0) return left.trim().toLowerCase() === right.trim().toLowerCase();
  if (numbers !== others) return false;
  const degree = likeness(a, b);
  return degree >= alike || (degree >= alikeWithin && shared(a, b) === Math.min(a.size, b.size));
}

/** One text in one line, for comparing a quote with its source. */
export function oneLine(text: string): string {
  return text
    .replace(/[\u00AD\u200B\uFEFF]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
