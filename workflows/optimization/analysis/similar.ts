const fillers = new Set(
  'the a an and or of to in on for with at by from into up out about is are be it this that our your my all please der die das den dem des ein eine einen einer eines und oder von zu zum zur im in am an auf für mit bei aus nach vor über alle bitte'.split(
    ' ',
  ),
);

// Rough on purpose: it only has to bring forms of one word together.
function stem(word: string): string {
  if (/\d/u.test(word)) return word;
  const bare = word.length > 4 ? word.replace(/(?:ings?|ies|es|ed|en|er|s|n|e)$/u, '') : word;
  return bare.length < 3 ? word : bare;
}

/** The words of a title that carry its meaning, without case, accents and endings. */
export function wordsOf(title: string): ReadonlySet<string> {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => !fillers.has(word)).map(stem);
  return new Set(telling.length === 0 ? words : telling);
}

function numbersIn(words: ReadonlySet<string>): string {
  return [...words]
    .filter((word) => /\d/u.test(word))
    .toSorted()
    .join(' ');
}

/**
 * How alike two titles are, 0 to 1: words in common over words in either. "Review PR 4" and "Review PR 5" are not alike at
 * all: numbers tell things of a kind apart.
 */
function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0 || numbersIn(a) !== numbersIn(b)) return 0;
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / (a.size + b.size - shared);
}

export type Cluster = { readonly ids: readonly string[]; readonly least: number };

type Named = { readonly id: string; readonly words: ReadonlySet<string> };

/** Groups things whose similarity reaches `least` with some other of their group; groups of one are left out. */
export function clusters(
  things: readonly Named[],
  least: number,
  apart: (a: string, b: string) => boolean,
): readonly Cluster[] {
  const group = new Map(things.map((thing) => [thing.id, thing.id]));
  const root = (id: string): string => {
    let at = id;
    for (let up = group.get(at); up !== undefined && up !== at; up = group.get(at)) at = up;
    return at;
  };
  const lowest = new Map<string, number>();
  for (const [index, one] of things.entries()) {
    for (const other of things.slice(index + 1)) {
      const alike = similarity(one.words, other.words);
      if (alike < least || apart(one.id, other.id)) continue;
      const [a, b] = [root(one.id), root(other.id)];
      const low = Math.min(alike, lowest.get(a) ?? 1, lowest.get(b) ?? 1);
      group.set(b, a);
      lowest.set(a, low);
    }
  }
  const members = new Map<string, string[]>();
  for (const { id } of things) members.set(root(id), [...(members.get(root(id)) ?? []), id]);
  return [...members]
    .filter(([, ids]) => ids.length > 1)
    .map(([first, ids]) => ({ ids, least: lowest.get(first) ?? 1 }));
}
