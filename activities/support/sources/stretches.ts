/** Characters [start, end) of a text. */
export type Range = { readonly start: number; readonly end: number };

// About a paragraph: long enough to say what it is about, short enough that what is read is to the point.
const blockChars = 700;
const mostStemChars = 7;
const leastWordChars = 3;
const stretchChars = 6_000;

/** The words of queries, cut to rough stems: English and German endings differ behind them. */
function stemsOf(queries: readonly string[]): readonly string[] {
  const words =
    queries
      .join(' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const long = words.filter((word) => word.length >= leastWordChars);
  return [
    ...new Set(long.map((word) => word.slice(0, Math.max(leastWordChars, Math.min(mostStemChars, word.length - 2))))),
  ];
}

/** Cuts a text between lines into blocks; a line without an end is cut between words. */
function blocksOf(text: string): readonly Range[] {
  const blocks: Range[] = [];
  let start = 0;
  while (start < text.length) {
    const least = start + blockChars;
    const line = text.indexOf('\n', least);
    const word = text.indexOf(' ', least);
    const near =
      line >= 0 && line - least <= blockChars ? line : word >= 0 && word - least <= blockChars ? word : least;
    const end = Math.min(text.length, near + 1);
    blocks.push({ start, end });
    start = end;
  }
  return blocks;
}

/** How much of what is asked each block says: rare words weigh more than those all over the text. */
function scoresOf(text: string, blocks: readonly Range[], stems: readonly string[]): readonly number[] {
  const lower = blocks.map(({ start, end }) => text.slice(start, end).toLowerCase());
  const weights = stems.map((stem) => {
    const holding = lower.filter((block) => block.includes(stem)).length;
    return { stem, weight: holding === 0 ? 0 : Math.log(1 + blocks.length / holding) };
  });
  return lower.map((block) => weights.reduce((sum, { stem, weight }) => sum + (block.includes(stem) ? weight : 0), 0));
}

function joined(ranges: readonly Range[]): readonly Range[] {
  return ranges.reduce<readonly Range[]>((all, range) => {
    const last = all.at(-1);
    return last !== undefined && last.end === range.start
      ? [...all.slice(0, -1), { start: last.start, end: range.end }]
      : [...all, range];
  }, []);
}

/**
 * The stretches of a text that say most of what is asked, in the text's order: about 6,000 characters of it, or all of a
 * text that is no longer. Without a word of the queries it is the beginning.
 */
export function bestStretches(text: string, queries: readonly string[]): readonly Range[] {
  if (text.length <= stretchChars) return [{ start: 0, end: text.length }];
  const blocks = blocksOf(text);
  const scores = scoresOf(text, blocks, stemsOf(queries));
  const best = blocks
    .map((block, index) => ({ ...block, score: scores[index] ?? 0 }))
    .toSorted((left, right) => right.score - left.score || left.start - right.start)
    .slice(0, Math.floor(stretchChars / blockChars))
    .filter(({ score }, index) => score > 0 || index === 0);
  return joined(best.map(({ start, end }) => ({ start, end })).toSorted((left, right) => left.start - right.start));
}
