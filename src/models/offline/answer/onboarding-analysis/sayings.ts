import { asList, asObject, asText, isList } from '../../json-values.ts';
import type { Json } from '../../../../contract/json.ts';
import type { Language } from '../../text/language.ts';
import { splitSentences } from '../../text/sentences.ts';
import type { Sections } from '../answerer.ts';

/** A sentence of the person, word for word; `key` where it is an answer to something with a name. */
export type Said = { readonly text: string; readonly key: string | null };

function sentences(text: string, language: Language, key: string | null): readonly Said[] {
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[#>*•-]+|\d+[.)])\s*/u, ''))
    .flatMap((line) => splitSentences(line, language))
    .filter((sentence) => sentence.length > 3)
    .map((sentence) => ({ text: sentence, key }));
}

function within(value: Json | undefined, language: Language, key: string | null): readonly Said[] {
  if (value === null || value === undefined) return [];
  if (isList(value)) return value.flatMap((each) => within(each, language, key));
  if (typeof value === 'object') return Object.entries(value).flatMap(([name, inner]) => within(inner, language, name));
  return sentences(asText(value), language, key);
}

/** Everything the person said, sentence by sentence. */
export function sayings(sections: Sections, language: Language): readonly Said[] {
  return [
    ...sentences(asText(sections['intent']), language, null),
    ...within(sections['context'], language, null),
    ...asList(sections['added_context']).flatMap((each) => sentences(asText(each), language, null)),
  ];
}

/** What was answered to a question, by its key. */
export function answerTo(sections: Sections, key: string): string | null {
  const found = asList(sections['answers'])
    .map(asObject)
    .find((each) => asText(each['key']) === key);
  return found === undefined ? null : asText(found['answer']);
}

/** What comments of rejected proposals want left out, or null. */
export function unwantedIn(sections: Sections): RegExp | null {
  const comments = asList(sections['rejections'])
    .map((each) => asText(asObject(each)['comment']))
    .join(' ');
  const names = [
    ...comments.matchAll(
      /\b(?:leave out|without|no|not|ohne|nicht|kein\w*)\s+(?:the |my |die |das |den |meine? )?([\p{L}-]{4,})/giu,
    ),
  ];
  return names.length === 0 ? null : new RegExp(names.map((match) => (match[1] ?? '').slice(0, 6)).join('|'), 'iu');
}
