import { detectLanguage } from '../../text/language.ts';
import { splitSentences } from '../../text/sentences.ts';
import { contentWords } from '../../text/clean.ts';
import { sameStem } from './words.ts';

export type Passage = { readonly source: string; readonly text: string };
export type Quote = { readonly source: string; readonly quote: string };

const mark = /^\s*(?:(?:[-*+•✅⏳❌☑☐→]|\d{1,3}[.)]|#{1,6}|>|\[[ xX]\])\uFE0F?\s+)+/u;
const heading = /^\s*#{1,6}\s+(.*)$/u;
const fence = /^\s*(?:```|~~~)/u;
const rule = /^[\s|:=_*+-]*$/u;
// Comments, statements and brackets of code. Fences don't tell: a stretch of a text may begin within them.
const code =
  /^\s*(?:\/\/|\/\*|\*\/|--\s|[{}()[\];]+\s*$|\}|['"\w]+:\s.*,\s*$)|[{;]\s*$|[│┌└├─▼▲]|^\s*[↓↑←]|^\s*(?:[-*]|\d+\.)?\s*\[[^\]]*\]\([^)]*\)\s*$|\s--\s|=>|===|\bconst\s|\b(?:NOT NULL|REFERENCES|DEFAULT)\b/u;
// What ends in a colon says nothing without what follows.
const introduces = /:[*_`]*\s*$/u;
const shortest = 20;
const longest = 600;
const fewestWords = 4;

/** Lines that belong together, and the heading that they stand under. */
type Paragraph = { readonly text: string; readonly heading: string; readonly isRow: boolean };

/** A text's paragraphs: code, rules and headings are left out, and marks in front; nothing else is changed. */
function paragraphsOf(text: string): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let open: string[] = [];
  let under = '';
  const flush = (isRow = false): void => {
    if (open.length > 0) paragraphs.push({ text: open.join('\n'), heading: under, isRow });
    open = [];
  };
  for (const line of text.split(/\r?\n/u)) {
    const title = heading.exec(line)?.[1];
    const row = /^\s*\|(.*?)\|?\s*$/u.exec(line)?.[1];
    if (mark.test(line) || row !== undefined || title !== undefined) flush();
    if (title !== undefined) under = title;
    else if (fence.test(line) || rule.test(line) || code.test(line)) flush();
    else open.push(row?.trim() ?? line.replace(mark, '').trim());
    if (row !== undefined) flush(true);
  }
  flush();
  return paragraphs;
}

/** Cut between words, so that it stays verbatim. */
function within(sentence: string): string {
  if (sentence.length <= longest) return sentence;
  const cut = sentence.slice(0, longest);
  return cut.slice(0, cut.lastIndexOf(' ') > shortest ? cut.lastIndexOf(' ') : longest);
}

type Sentence = { readonly text: string; readonly heading: string };

/** The sentences of a text, each verbatim but for white space. */
function sentencesOf(text: string): readonly Sentence[] {
  const language = detectLanguage(text);
  return paragraphsOf(text)
    .flatMap((paragraph) =>
      // A row of a table is one thing to say, whatever dots and question marks are in its cells.
      (paragraph.isRow ? [paragraph.text] : splitSentences(paragraph.text, language)).map((sentence) => ({
        heading: paragraph.heading,
        text: within(sentence),
      })),
    )
    .filter((sentence) => sentence.text.length >= shortest && !introduces.test(sentence.text));
}

type Asked = {
  readonly words: readonly string[];
  /** How many of the words a sentence must say at least. */
  readonly least: number;
  readonly most: number;
  readonly mostOfOne: number;
};

function sharedWith(sentence: readonly string[], words: readonly string[]): readonly string[] {
  return words.filter((word) => sentence.some((each) => sameStem(each, word)));
}

/**
 * The sentences that say most of the words; a word that most sentences have weighs little. The heading
 * above a sentence may say all but one of the least.
 */
export function bestSentences(
  passages: readonly Passage[],
  { words, least, most, mostOfOne }: Asked,
): readonly Quote[] {
  const sentences = passages.flatMap(({ source, text }) =>
    sentencesOf(text).map(({ text: quote, heading: under }) => {
      const own = contentWords(quote);
      const shared = sharedWith(own, words);
      const above = sharedWith(contentWords(under), words).filter((word) => !shared.includes(word));
      return { source, quote, length: own.length, shared, above };
    }),
  );
  const counts = new Map(words.map((word) => [word, sentences.filter(({ shared }) => shared.includes(word)).length]));
  const weight = (word: string): number => Math.log(1 + sentences.length / Math.max(1, counts.get(word) ?? 1));
  const sum = (all: readonly string[]): number => all.reduce((total, word) => total + weight(word), 0);
  const scored = sentences
    .filter(
      ({ shared, above, length }) =>
        shared.length > 0 && shared.length + above.length >= least && length >= fewestWords,
    )
    .map((each) => ({ ...each, score: (sum(each.shared) + sum(each.above) / 2) / Math.sqrt(8 + each.length) }))
    .toSorted((left, right) => right.score - left.score);
  const taken: Quote[] = [];
  for (const { source, quote } of scored) {
    if (taken.length >= most) break;
    if (taken.filter((each) => each.source === source).length >= mostOfOne) continue;
    if (!taken.some((each) => each.quote === quote)) taken.push({ source, quote });
  }
  return taken;
}
