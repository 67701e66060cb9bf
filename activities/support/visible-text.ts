// Characters that show nothing or reorder what is shown: zero-width signs, direction overrides, tags, variation selectors.
// A joiner behind a pictograph makes one emoji of two, and the selector of emoji style is no hiding place either.
const hidden =
  /(?<!\p{Extended_Pictographic}\uFE0F?)\u200D|[^\P{Cf}\u200D]|[^\P{Cc}\n\t]|\u115F|\u1160|\u3164|(?!\uFE0F)\p{Variation_Selector}/gu;

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
}

/** A text in which nothing is hidden from whoever reads it: characters that show nothing are written out. */
export function visibleText(text: string): string {
  return text.replaceAll(hidden, escaped);
}
