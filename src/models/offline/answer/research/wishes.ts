import { asList, asObject, asText } from '../../json-values.ts';
import { contentWords, oneLine, shortened } from '../../text/clean.ts';
import type { Sections } from '../answerer.ts';

/** What the person said of an earlier proposal, or added meanwhile. */
export type Wishes = {
  readonly said: readonly string[];
  readonly noTasks: boolean;
  readonly mostClaims: number;
  leavesOut(text: string): boolean;
};

const against =
  /\b(?:without|no|not|don't|leave out|drop|remove|skip|ohne|kein\p{L}*|nicht|weglassen|raus|streiche?n?)\b/iu;
const tasks = /\b(?:tasks?|follow-?ups?|to-?dos?|aufgaben?)\b/iu;
const shorter = /\b(?:short(?:er)?|brief(?:er)?|less|fewer|kürzer|kurz|weniger)\b/iu;
const mostClaims = 8;
const fewClaims = 2;
const tellingChars = 4;

/** Reads comments by rules: what is to be left out, whether tasks are wanted, whether less is more. */
export function readWishes(sections: Sections): Wishes {
  const rejected = asList(sections['rejections']).map((each) => asText(asObject(each)['comment']));
  const comments = [...rejected, ...asList(sections['added_context']).map(asText)].filter((text) => text.trim() !== '');
  const refusals = comments.filter((text) => against.test(text));
  const unwanted = refusals
    .filter((text) => !tasks.test(text))
    .flatMap((text) => contentWords(text.replace(against, ' ')))
    .filter((word) => word.length >= tellingChars);
  return {
    said: comments.map((text) => `(“${shortened(oneLine(text), 200)}”)`),
    noTasks: refusals.some((text) => tasks.test(text)),
    mostClaims: comments.some((text) => shorter.test(text)) ? fewClaims : mostClaims,
    leavesOut: (text) => contentWords(text).some((word) => unwanted.includes(word)),
  };
}
