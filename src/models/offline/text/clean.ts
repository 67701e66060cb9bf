/** A token made of accented letters and symbols alone: an emoji that was saved in the wrong encoding. */
const garbled = /^[\u00A1-\u00FF\u0100-\u024F\u02B0-\u02FF\u2010-\u23FF\uE000-\uF8FF]{2,}\s+/u;
const leadingSymbols = /^(?:(?:\p{Extended_Pictographic}|[\u2600-\u27BF•◦▪·‣■□☐☑○●→])(?:\uFE0F|\u200D)*\s*)+/u;

/** One line of text: whitespace folded, soft hyphens and zero-width characters gone. */
export function oneLine(text: string): string {
  return text
    .replace(/[\u00AD\u200B\uFEFF]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Text without the emoji, bullets or garbled symbols it opens with. */
export function withoutLeadingSymbols(text: string): string {
  const line = oneLine(text);
  const bare = line.replace(garbled, '').replace(leadingSymbols, '').trim();
  return bare === '' ? line : bare;
}

/** Says whether an entry is marked as finished by a symbol or a word. */
export function isMarkedDone(text: string): boolean {
  const line = oneLine(text);
  return (
    /^(✅|✔|☑|‚úÖ)/u.test(line) ||
    /[([](completed?|done|finished|erledigt|fertig|abgeschlossen)[)\]]\s*[✅✔]*$/iu.test(line) ||
    /[✅✔]\s*$/u.test(line)
  );
}

/** Text without Markdown's emphasis and code marks, as a title reads. */
export function plain(text: string): string {
  return oneLine(text.replace(/`+/g, '').replace(/\*\*|__|~~/g, ''));
}

/** A heading or label as a name: numbering, marks, trailing colon and status words removed. */
export function asName(text: string): string {
  const bare = withoutLeadingSymbols(plain(text))
    .replace(/^\(?(?:\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,2}(?:\.\d{1,2})+)\s+/u, '')
    .replace(/\s*[([](planned|in progress|todo|open|optional|geplant|offen)[)\]]\s*$/iu, '')
    .replace(/\s*[:：]\s*$/u, '')
    .trim();
  return bare === '' ? oneLine(text) : bare;
}

/** The number a heading or entry starts with ("3." or "3)"), or null. */
export function leadingNumber(text: string): number | null {
  const match = /^\(?(\d{1,3})[.)]\s+\S/u.exec(withoutLeadingSymbols(plain(text)));
  return match?.[1] === undefined ? null : Number(match[1]);
}

export function capitalized(text: string): string {
  const first = text.match(/^\p{Ll}/u)?.[0];
  return first === undefined ? text : first.toUpperCase() + text.slice(first.length);
}

/** At most `limit` characters, cut at a word and marked when cut. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > limit / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:–—-]+$/u, '')}…`.replace(
    /[\uD800-\uDBFF]…$/u,
    '…',
  );
}

const fillers = new Set(
  'the a an and or of to in on for with at by from into as is be it its this that your our my all new der die das den dem des ein eine einen einer eines und oder von zu zum zur im in am auf für mit bei aus nach vor alle neue neuen'.split(
    ' ',
  ),
);

function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ies|ings?|ed|es|s|en|e|n)$/u, '') : word.replace(/s$/u, '');
}

/** The words of a phrase that carry its meaning, cut to rough stems, in order. */
export function contentWords(text: string): readonly string[] {
  const found =
    plain(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return found.filter((word) => !fillers.has(word)).map(stem);
}

/** The share (0 to 1) of the smaller set of words that both phrases have. */
export function overlap(left: readonly string[], right: readonly string[]): number {
  const a = new Set(left);
  const b = new Set(right);
  const smaller = Math.min(a.size, b.size);
  if (smaller === 0) return 0;
  return [...a].filter((word) => b.has(word)).length / smaller;
}

/** Words in common over words in either: 1 only for the same words. */
export function similarity(left: readonly string[], right: readonly string[]): number {
  const a = new Set(left);
  const b = new Set(right);
  const shared = [...a].filter((word) => b.has(word)).length;
  const either = a.size + b.size - shared;
  return either === 0 ? 0 : shared / either;
}
