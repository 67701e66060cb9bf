import type { Json } from '../../../../contract/json.ts';
import { contentWords, overlap, shortened } from '../../text/clean.ts';
import type { Language } from '../../text/language.ts';
import type { Evidence } from './synthesize.ts';

const negation = /\b(?:not|no|never|none|n't|nicht|kein\p{L}*|nie|ohne)\b/iu;
const alike = 0.6;
const leastShared = 3;
const most = 5;

const numbers =
  'one two three four five six seven eight nine ten eleven twelve zwei drei vier fünf sechs sieben acht neun zehn elf zwölf';
const figure = new RegExp(`\\d+(?:[.,:]\\d+)*|(?<!\\p{L})(?:${numbers.replaceAll(' ', '|')})(?!\\p{L})`, 'giu');

function figures(text: string): readonly string[] {
  return (text.match(figure) ?? []).map((each) => each.toLowerCase());
}

function wordsOf(text: string): readonly string[] {
  return contentWords(text.replace(figure, ' '));
}

/** Two sources that say nearly the same words with other figures, or one with a "not". */
export function contradict(left: Evidence, right: Evidence): boolean {
  if (left.source === right.source) return false;
  const [a, b] = [wordsOf(left.quote), wordsOf(right.quote)];
  const shared = new Set(a.filter((word) => b.includes(word))).size;
  if (shared < leastShared || overlap(a, b) < alike) return false;
  const [first, second] = [figures(left.quote), figures(right.quote)];
  const others = first.length > 0 && second.length > 0 && !first.some((figure) => second.includes(figure));
  return others || negation.test(left.quote) !== negation.test(right.quote);
}

export function findContradictions(evidence: readonly Evidence[], language: Language): Json {
  const pairs = evidence.flatMap((left, at) =>
    evidence.slice(at + 1).flatMap((right) => (contradict(left, right) ? [{ left, right }] : [])),
  );
  const but = language === 'de' ? 'dagegen' : 'but';
  return pairs.slice(0, most).map(({ left, right }) => ({
    text: `${left.source}: “${shortened(left.quote, 200)}”; ${but} ${right.source}: “${shortened(right.quote, 200)}”`,
    evidence: [left.id, right.id],
  }));
}
