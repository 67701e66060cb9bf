import { contentWords } from '../../text/clean.ts';

const asking = new Set(
  'are am all any some much many document documents note notes file files source sources record records dokument dokumente notizen unterlagen quellen what which who whom whose when where why how does did do was were been being has have had can could will would shall should must say says said about there any still ever also then than them they their its these those into over under was welche welcher welches wer wem wen wessen wann wo wohin woher warum wieso weshalb wie gibt gab steht stehen sagt sagen wird werden wurde wurden hat haben hatte kann können soll sollen muss müssen ist sind war waren noch auch dann dass denn mir mich uns über unter dazu davon zwischen find out tell me please bitte nutzt benutzt use used uses'.split(
    ' ',
  ),
);

/** Words that both languages' plans and papers use, so that a question in one finds a source in the other. */
const pairs: readonly (readonly [string, string])[] = [
  ['deposit', 'Kaution'],
  ['rent', 'Miete'],
  ['lease', 'Mietvertrag'],
  ['notice', 'Kündigung'],
  ['period', 'Frist'],
  ['deadline', 'Frist'],
  ['cost', 'Kosten'],
  ['price', 'Preis'],
  ['invoice', 'Rechnung'],
  ['contract', 'Vertrag'],
  ['budget', 'Budget'],
  ['task', 'Aufgabe'],
  ['queue', 'Warteschlange'],
  ['table', 'Tabelle'],
  ['retry', 'Wiederholung'],
  ['error', 'Fehler'],
  ['test', 'Test'],
  ['meeting', 'Besprechung'],
  ['open', 'offen'],
  ['decision', 'Entscheidung'],
  ['risk', 'Risiko'],
  ['insurance', 'Versicherung'],
  ['school', 'Schule'],
  ['garden', 'Garten'],
  ['holiday', 'Urlaub'],
  ['customer', 'Kunde'],
  ['supplier', 'Lieferant'],
  ['delivery', 'Lieferung'],
  ['payment', 'Zahlung'],
  ['tax', 'Steuer'],
  ['doctor', 'Arzt'],
  ['kitchen', 'Küche'],
  ['roof', 'Dach'],
  ['heating', 'Heizung'],
];

/** The words of a question that a search can use, as they stand. */
export function searchWords(question: string): readonly string[] {
  const words = question.match(/[\p{L}\p{N}][\p{L}\p{N}_-]+/gu) ?? [];
  const telling = words.filter((word) => !asking.has(word.toLowerCase()) && contentWords(word).length > 0);
  return [...new Map(telling.map((word) => [word.toLowerCase(), word])).values()];
}

// Of plurals and cases.
const endings = ['', 's', 'n', 'en', 'e'] as const;

/** The same words in the other language, where they are known. */
export function translations(words: readonly string[]): readonly string[] {
  const lower = words.map((word) => word.toLowerCase());
  const known = (word: string): boolean => endings.some((ending) => lower.includes(`${word}${ending}`));
  return pairs.flatMap(([english, german]) => {
    if (known(english.toLowerCase())) return [german];
    return known(german.toLowerCase()) ? [english] : [];
  });
}

/** Stems of words, for comparing. */
export function stems(text: string): readonly string[] {
  return contentWords(searchWords(text).join(' '));
}

/** Whether two stems are of one word: rough stems differ at their ends. */
export function sameStem(left: string, right: string): boolean {
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  if (short === long) return true;
  if (short.length < 4 || long.length - short.length > 3) return false;
  // "retri" of "retried" and "retry": all but the last letter.
  return long.startsWith(short) || (short.length > 4 && long.startsWith(short.slice(0, -1)));
}
