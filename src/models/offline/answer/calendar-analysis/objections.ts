import { contentWords } from '../../text/clean.ts';

/** What a comment may speak against. */
export type Part = 'projects' | 'preparation' | 'follow_up' | 'focus' | 'moves' | 'cancels';

const against: readonly (readonly [RegExp, readonly Part[]])[] = [
  [/\b(?:projects?|projekte?)\b/iu, ['projects']],
  [/\b(?:prepar|vorbereit)/iu, ['preparation']],
  [/\b(?:follow|nachbereit|folgeaufgab|nacharbeit)/iu, ['follow_up']],
  [/\b(?:tasks?|aufgaben?)\b/iu, ['preparation', 'follow_up']],
  [/\b(?:focus|fokus)/iu, ['focus']],
  [/\b(?:mov|verschieb|reschedul|verleg)/iu, ['moves']],
  [/\b(?:cancel|absag|lösch|delet)/iu, ['cancels']],
];
// Without a word that names a part, what is least certain goes first.
const vague: readonly Part[] = ['follow_up', 'focus'];

function names(comment: string, title: string): boolean {
  const said = new Set(contentWords(comment));
  const words = contentWords(title);
  return words.length > 0 && words.every((word) => said.has(word));
}

export interface Objections {
  /** Says whether a comment speaks against something of this part, for or about what has these titles. */
  against(part: Part, titles: readonly string[]): boolean;
}

/** Reads comments: what they name by its title goes; without a title, the parts that they name. `titles` are all there are. */
export function readObjections(comments: readonly string[], titles: readonly string[]): Objections {
  const read = comments.map((comment) => {
    const named = titles.filter((title) => names(comment, title));
    const parts = against.filter(([words]) => words.test(comment)).flatMap(([, found]) => found);
    return { named: new Set(named), parts: parts.length === 0 && named.length === 0 ? vague : parts };
  });
  return {
    against: (part, about) =>
      read.some(({ named, parts }) => {
        if (named.size === 0) return parts.includes(part);
        return about.some((title) => named.has(title)) && (parts.length === 0 || parts.includes(part));
      }),
  };
}
