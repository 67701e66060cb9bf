import { oneLine } from './clean.ts';
import type { Language } from './language.ts';

const segmenters: Readonly<Record<Language, Intl.Segmenter>> = {
  en: new Intl.Segmenter('en', { granularity: 'sentence' }),
  de: new Intl.Segmenter('de', { granularity: 'sentence' }),
};
/** A "sentence" that ends in one of these goes on: abbreviations and German ordinals ("bis 15. März"). */
const goesOn =
  /(?:\b(?:e\.g|i\.e|z\.\s?b|d\.\s?h|dr|mr|mrs|ms|prof|nr|no|ca|approx|etc|usw|bzw|std|min|vs|str|tel|inkl|ggf|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.|(?<!\d)\d{1,2}\.)\s*$/iu;

/** Sentences of a text in order; a sentence longer than a paragraph is left whole. */
export function splitSentences(text: string, language: Language): readonly string[] {
  const sentences: string[] = [];
  let open = '';
  for (const { segment } of segmenters[language].segment(oneLine(text))) {
    open += segment;
    if (goesOn.test(open)) continue;
    if (oneLine(open) !== '') sentences.push(oneLine(open));
    open = '';
  }
  if (oneLine(open) !== '') sentences.push(oneLine(open));
  return sentences;
}
