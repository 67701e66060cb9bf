import { oneLine } from '../../../text/clean.ts';
import type { Language } from '../../../text/language.ts';
import { typedSentences } from './sentences.ts';
import { readLeadIn } from './lead-in.ts';
import { opensOrder } from './orders.ts';

/** One thought: a stretch of the text as it stands there, in one line. */
export type Segment = {
  readonly quote: string;
  /** The heading above it, or null. */
  readonly heading: string | null;
  readonly paragraph: number;
  readonly bullet: boolean;
};

const bullet = /^\s*(?:[-*+•◦▪→]|\d{1,2}[.)]|\[[ x]\])\s+/iu;
const heading = /^\s*(?:#{1,6}\s+(.+?)\s*#*|(?:\*\*)?([^.!?;,]{2,50}?)\s*:(?:\*\*)?)\s*$/u;

type Line = {
  readonly text: string;
  readonly heading: string | null;
  readonly paragraph: number;
  readonly bullet: boolean;
};

// Tables, comments and lines of code, drawings and lists of links: people paste them in, and mean nothing to do by them.
const notProse =
  /^\s*(?:\||\/\/|\/\*|["'{}[\]<$]|(?:[-*+]|\d+\.)\s+(?:\[[^\]]*\]\(|`[^`]*`\s*(?:[-–—:(]|$))|(?:const|let|export|import|return|await|async|function|type|interface)\s)|[{};]\s*$|=>|[─│┌└├┤▼]|^\s*["`]?[\w.]+["`]?\s*:\s*(?:string|number|boolean|["{[]|null)|^\s*[\w.]+\(.*\)|^\s*\**(?:last updated|location|path|file)\b/iu;

/** The lines of a text without fenced code and what else is no prose; those are blank. */
function proseRows(text: string): readonly string[] {
  let fenced = false;
  return text.split(/\r?\n/u).map((row) => {
    if (/^\s*(?:```|~~~)/u.test(row)) {
      fenced = !fenced;
      return '';
    }
    return fenced || notProse.test(row) ? '' : row;
  });
}

/** A word or three above a list or more lines, without a verb or a stop: "shopping", "Arbeit". */
function isBareHeading(rows: readonly string[], at: number): boolean {
  const [before, line, after] = [rows[at - 1] ?? '', rows[at] ?? '', rows[at + 1] ?? ''];
  if (before.trim() !== '' || after.trim() === '' || isWrapped(rows, at + 1)) return false;
  const words = line.trim().split(/\s+/u);
  return (
    words.length <= 3 &&
    /^[\p{L}\s]+$/u.test(line) &&
    !opensOrder(line.trim(), 'en') &&
    !opensOrder(line.trim(), 'de') &&
    after.trim().length > line.trim().length
  );
}

const narrowest = 55;

/** Whether a line goes on with the one above: the editor filled that one, as its neighbours. */
function isWrapped(rows: readonly string[], at: number): boolean {
  const above = rows[at - 1]?.trim() ?? '';
  const next = rows[at + 1]?.trim() ?? '';
  const room = (rows[at]?.trim().split(/\s+/u)[0] ?? '').length;
  const width = Math.max(
    above.length,
    (rows[at - 2] ?? '').trim().length,
    next === '' ? 0 : (rows[at]?.trim().length ?? 0),
  );
  const line = rows[at]?.trim() ?? '';
  if (opens.en.test(line) || opens.de.test(line) || /^\p{L}+:/u.test(line) || opensOrder(line, 'en')) return false;
  const over = rows[at - 2]?.trim() ?? '';
  if (over !== '' && Math.abs(over.length - above.length) > 25) return false;
  return (
    above.length >= narrowest &&
    above.length <= 120 &&
    above.length + room + 1 > width - 6 &&
    !/[.!?…]$/u.test(above) &&
    (next !== '' || (rows[at - 2]?.trim() ?? '') !== '')
  );
}

/** Lines as thoughts: what was wrapped is joined, headings are kept apart, a blank line ends what a label governs. */
function readLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  const rows = proseRows(text);
  let [under, paragraph, open, marked]: [string | null, number, boolean, boolean] = [null, 0, false, false];
  for (const [at, raw] of rows.entries()) {
    const line = oneLine(raw.replaceAll(/\*\*/gu, ''));
    const name = heading.exec(raw) ?? (isBareHeading(rows, at) ? /^\s*(.+?)\s*$/u.exec(raw) : null);
    if (line === '') {
      paragraph += 1;
      open = false;
      if (!marked) under = null;
    } else if (name !== null) {
      under = oneLine(name[1] ?? name[2] ?? '');
      marked = raw.trimStart().startsWith('#');
      open = false;
    } else {
      const before = lines.at(-1);
      const isBullet = bullet.test(raw);
      const wraps = open && !isBullet && before !== undefined && /^\p{Ll}/u.test(line) && isWrapped(rows, at);
      if (wraps) lines[lines.length - 1] = { ...before, text: `${before.text} ${line}` };
      else
        lines.push({ text: isBullet ? line.replace(bullet, '') : line, heading: under, paragraph, bullet: isBullet });
      open = true;
    }
  }
  return lines;
}

// Words with which a new thought opens, so that a comma or an "and" before them ends the one before.
const opens: Readonly<Record<Language, RegExp>> = {
  en: /^(?:(?:so|but|and|also|then|plus|oh|anyway|maybe|ok|okay)\s+)*(?:(?:i|we)(?:\s|'|’)(?:also |still |really |just |probably |definitely )*(?:need|have to|have got|must|should|gotta|got to|wanna|want|feel|am|m|ve|ll|will|guess|think|keep|can't|could|hate|love|prefer|work)|need to|have to|gotta|must|should|don't forget|don’t forget|remember|remind|maybe|what if|idea|please|there's|there is|so send|send him|someone|the (?:\w+ ){1,3}(?:is|are|needs?|has)|my (?:\w+ ){1,3}(?:is|are|needs?|has)|it would be|todo)\b/iu,
  de: /^(?:(?:und|aber|also|dann|ach|ja|außerdem|übrigens|noch)\s+)*(?:(?:ich|wir|man)\s+\p{L}+|(?:muss|müssen|sollte|sollten|will|möchte|brauche|hab|habe|bin|fühle|darf|könnte|wäre)\s+(?:ich|wir|man|noch|mal|auch|unbedingt|dringend|eigentlich)|(?:das|die|den|es|sie) (?:muss|sollte|will|soll) (?:ich|man|wir)|nicht vergessen|vielleicht|was wäre|idee|bitte|der \p{L}+ (?:ist|muss|hat)|die \p{L}+ (?:ist|sind|muss|müssen|hat)|das \p{L}+ (?:ist|muss|hat)|mein\p{L}* \p{L}+ (?:ist|hat|muss))(?=\P{L}|$)/iu,
};
const hard = /\s*(?:\.{2,}|…|;)\s*/u;
const spoken: Readonly<Record<Language, RegExp>> = {
  en: /,?\s+(?=(?:oh and|oh,? also|and also|also,|and then i|and oh|anyway,?|by the way|btw|plus,? i)\s)/iu,
  de: /,?\s+(?=(?:ach ja|ach und|und außerdem|und dann|außerdem|übrigens|und ach)\s)/iu,
};
const soft: Readonly<Record<Language, RegExp>> = {
  en: /(,\s+(?:and\s+|but\s+|so\s+)?|\s+(?:and|but)\s+|\s[–—-]{1,2}\s)/iu,
  de: /(,\s+(?:und\s+|aber\s+)?|\s+(?:und|aber)\s+|\s[–—-]{1,2}\s)/iu,
};

const lead: Readonly<Record<Language, RegExp>> = {
  en: /^.*?\b(?:need to|have to|gotta|got to|must|should|forget to|remember to|to)\s+/iu,
  de: /^(?:bitte|und|dann)\s+/iu,
};

/** "buy milk and call mum": an order after an order. "Salt and water" is none. */
function startsOrder(right: string, left: string, language: Language): boolean {
  const orders = (text: string): boolean => opensOrder(text, language) && /\s/u.test(text.trim());
  if (language === 'de') return germanOrder(right) && germanOrder(left);
  return orders(right) && (orders(left.replace(lead.en, '')) || orders(left));
}

function germanOrder(text: string): boolean {
  const clause = text.split(/,|\s+und\s+/u)[0] ?? '';
  return clause.trim().split(/\s+/u).length >= 2 && opensOrder(clause, 'de');
}

/** Cuts a sentence where a new thought begins. */
function splitThoughts(sentence: string, language: Language): readonly string[] {
  const thoughts: string[] = [];
  for (const part of sentence.split(hard).flatMap((each) => each.split(spoken[language]))) {
    const tokens = part.split(soft[language]);
    let current = tokens[0] ?? '';
    for (let at = 2; at < tokens.length; at += 2) {
      const [separator, right] = [tokens[at - 1] ?? '', tokens[at] ?? ''];
      const rest = tokens.slice(at).join('');
      if (opens[language].test(rest) || startsOrder(rest, current, language)) {
        thoughts.push(current);
        current = right;
      } else current = `${current}${separator}${right}`;
    }
    thoughts.push(current);
  }
  return thoughts
    .map((thought) => oneLine(thought).replace(/^[,;:\s]+|[,;\s]+$/gu, ''))
    .filter((thought) => /\p{L}/u.test(thought));
}

/** The thoughts of a text, in order: every one stands in it word for word, white space apart. */
export function readSegments(text: string, language: Language): readonly Segment[] {
  return readLines(text).flatMap(({ text: line, ...place }) =>
    typedSentences(line).flatMap((sentence) => {
      const led = readLeadIn(sentence, language);
      if (led !== null) return led.parts.map((quote) => ({ quote, ...place, heading: led.topic }));
      return splitThoughts(sentence, language).map((quote) => ({ quote, ...place }));
    }),
  );
}
