import { contentWords, plain, shortened, withoutLeadingSymbols } from '../text/clean.ts';
import { detectLanguage } from '../text/language.ts';
import { readBlocks } from '../text/markdown.ts';
import type { Item } from '../text/markdown.ts';
import { splitSentences } from '../text/sentences.ts';
import { offlineName } from '../answer/phrases.ts';

/** What a generic answer is made of: a text's sentences and list entries, and a name for it. */
export type Material = {
  readonly title: string;
  readonly summary: string;
  readonly sentences: readonly string[];
  readonly items: readonly string[];
};

const mostSentences = 400;
const summarySentences = 4;

function entries(items: readonly Item[]): readonly string[] {
  return items
    .flatMap((item) => [item.text, ...entries(item.children)])
    .map((text) => withoutLeadingSymbols(plain(text)))
    .filter((text) => text !== '');
}

/** The sentences whose words the text uses most, in the text's order. */
function extract(sentences: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of sentences.flatMap((sentence) => contentWords(sentence)))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  const scored = sentences.map((sentence, place) => {
    const words = contentWords(sentence);
    const weight = words.reduce((sum, word) => sum + (counts.get(word) ?? 0), 0) / (words.length + 4);
    return { sentence, place, score: weight * (place === 0 ? 1.5 : 1) };
  });
  const best = scored
    .toSorted((left, right) => right.score - left.score || left.place - right.place)
    .slice(0, summarySentences);
  return best
    .toSorted((left, right) => left.place - right.place)
    .map(({ sentence }) => sentence)
    .join(' ');
}

/** Reads any text into what a generic answer can be filled from. */
export function readMaterial(text: string): Material {
  const blocks = readBlocks(text.slice(0, 200_000));
  const language = detectLanguage(text);
  const headings = blocks.flatMap((block) =>
    block.kind === 'heading' ? [withoutLeadingSymbols(plain(block.text))] : [],
  );
  const sentences = blocks
    .flatMap((block) => (block.kind === 'paragraph' ? splitSentences(plain(block.text), language) : []))
    .slice(0, mostSentences);
  const items = blocks.flatMap((block) => (block.kind === 'list' ? entries(block.items) : []));
  const summary = shortened(extract(sentences.length > 0 ? sentences : items), 1_200);
  const title = headings[0] ?? sentences[0] ?? items[0] ?? 'Untitled';
  return { title: shortened(title, 120), summary: summary === '' ? shortened(title, 300) : summary, sentences, items };
}

/** A plain answer: a summary of the text given, headed by a line that names the offline model. */
export function answerText(text: string): string {
  const material = readMaterial(text);
  const points = material.items.slice(0, 8).map((item) => `- ${shortened(item, 200)}`);
  return [
    `[${offlineName}: rules, no language model]`,
    '',
    material.summary,
    ...(points.length === 0 ? [] : ['', ...points]),
  ].join('\n');
}
