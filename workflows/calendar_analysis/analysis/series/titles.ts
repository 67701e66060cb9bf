/** Words that number or place one occurrence, and so differ between those of one series. */
const passing = new Set(
  (
    'part teil tag day week woche kw no nr session sitzung termin folge vol episode ' +
    'mo di mi do fr sa so mon tue wed thu fri sat sun ' +
    'montag dienstag mittwoch donnerstag freitag samstag sonntag monday tuesday wednesday thursday friday saturday sunday ' +
    'jan feb mar apr may jun jul aug sep oct nov dec mai okt dez ' +
    'january february march april june july august september october november december ' +
    'januar februar marz juni juli oktober dezember ' +
    're aw fwd wg updated invitation einladung tentative zoom teams online ' +
    'the a an of for with and der die das mit und fur in im am at on'
  ).split(' '),
);

/** What a title is about: its words without marks, accents, numbers, dates and filler, in order. */
function titleWords(title: string): readonly string[] {
  const plain = title.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss').toLowerCase();
  const words = plain.match(/\p{L}+/gu) ?? [];
  const telling = words.filter((word) => word.length > 1 && !passing.has(word));
  if (telling.length > 0) return telling;
  return words.length > 0 ? words : [plain.trim()];
}

/** Words in common over words in either: 1 for the same words, 0 for none. */
function likeness(left: readonly string[], right: readonly string[]): number {
  const a = new Set(left);
  const b = new Set(right);
  const shared = [...a].filter((word) => b.has(word)).length;
  const either = a.size + b.size - shared;
  return either === 0 ? 0 : shared / either;
}

const alike = 0.6;

/** Items whose titles are about the same, directly or by others between them. In any order in, the same groups out. */
export function groupByTitle<T>(items: readonly T[], titleOf: (item: T) => string): readonly (readonly T[])[] {
  const byWords = new Map<string, { readonly words: readonly string[]; readonly items: T[] }>();
  for (const item of items) {
    const words = titleWords(titleOf(item)).toSorted();
    const key = words.join(' ');
    const known = byWords.get(key);
    if (known === undefined) byWords.set(key, { words, items: [item] });
    else known.items.push(item);
  }
  const waiting = [...byWords.values()].toSorted((a, b) => (a.words.join(' ') < b.words.join(' ') ? -1 : 1));
  const groups: T[][] = [];
  for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
    const group = [seed];
    for (const member of group) {
      for (const other of waiting.filter(({ words }) => likeness(member.words, words) >= alike)) {
        group.push(other);
        waiting.splice(waiting.indexOf(other), 1);
      }
    }
    groups.push(group.flatMap((each) => each.items));
  }
  return groups;
}

/** The title that comes up most; of several the first by the alphabet. */
export function usualTitle(titles: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const title of titles) counts.set(title.trim(), (counts.get(title.trim()) ?? 0) + 1);
  const [best] = [...counts].toSorted(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  return best?.[0] ?? '';
}
