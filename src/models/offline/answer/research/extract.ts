import type { Json } from '../../../../contract/json.ts';
import { asList, asObject, asText } from '../../json-values.ts';
import { contentWords } from '../../text/clean.ts';
import type { Sections } from '../answerer.ts';
import { offlineName } from '../phrases.ts';
import { bestSentences } from './sentences.ts';
import { stems } from './words.ts';

const mostQuotes = 6;
const mostOfOne = 3;

/** Stems of what a sub-question asks (its own words, and those to search by), and how many a sentence must say. */
export function askedOf(sections: Sections): { readonly words: readonly string[]; readonly least: number } {
  const asked = asObject(sections['sub_question']);
  const own = new Set(stems(asText(asked['question'])));
  const words = contentWords(asList(asked['words']).map(asText).join(' '));
  return { words: [...new Set([...own, ...words])], least: own.size > 2 ? 2 : 1 };
}

/** Answers `extract`: the sentences of the sources that share most words with the sub-question, verbatim. */
export function answerExtract(sections: Sections): Json {
  const passages = asList(sections['sources'])
    .map(asObject)
    .map((source) => ({ source: asText(source['source']), text: asText(source['text']) }));
  const quotes = bestSentences(passages, { ...askedOf(sections), most: mostQuotes, mostOfOne });
  return {
    quotes: quotes.map(({ source, quote }) => ({ source, quote })),
    missing: quotes.length > 0 ? '' : `${offlineName}: no sentence shares enough words with the sub-question.`,
  };
}
