import { oneLine } from './clean.ts';
import type { Language } from './language.ts';

/** Working time: what a person means by a day or a week of work. */
const minutesPerDay = 8 * 60;
const minutesPerWeek = 5 * minutesPerDay;
/** Longer work is planned as this and said so: nobody schedules one block of two months. */
export const longestTaskMinutes = 5 * minutesPerDay;

const unitMinutes: readonly (readonly [RegExp, number])[] = [
  [/^(?:m|min|mins|minutes?|minuten?)$/i, 1],
  [/^(?:h|hr|hrs|hours?|std|stunden?)$/i, 60],
  [/^(?:d|days?|tage?n?|arbeitstage?n?|pt|personentage?|person-?days?)$/i, minutesPerDay],
  [/^(?:w|wk|wks|weeks?|wochen?)$/i, minutesPerWeek],
  [/^(?:months?|monate?n?)$/i, 4 * minutesPerWeek],
];
const numberWords: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  ten: 10,
  half: 0.5,
  ein: 1,
  eine: 1,
  einen: 1,
  zwei: 2,
  drei: 3,
  vier: 4,
  fünf: 5,
  sechs: 6,
  acht: 8,
  zehn: 10,
  'half a': 0.5,
  'half an': 0.5,
  'einen halben': 0.5,
  'eine halbe': 0.5,
  'ein halber': 0.5,
};

const number = '\\d{1,4}(?:[.,]\\d{1,2})?';
const wordNumber =
  'half an?|einen halben|eine halbe|ein halber|an|a|one|two|three|four|five|six|seven|eight|ten|eine[n]?|ein|zwei|drei|vier|fünf|sechs|acht|zehn';
const unit =
  'minuten|minutes?|mins?\\b|hours?|hrs?|std\\b|stunden?|arbeitstage?n?|person-?days?|personentage?|days?|tage?n?|weeks?|wks?|wochen?|months?|monate?n?|pt\\b|[mhdw]\\b';
const expression = `(?<![\\w.,:/-])(?:(${number})\\s*(?:-|–|—|to|bis)\\s*)?(${number}|(?:${wordNumber})(?=\\s))[\\s-]*(${unit})\\.?`;
const compound =
  /(?<![\w.,:/-])(\d{1,3})\s*(?:h|hrs?|hours?|std\.?|stunden?)\s*(?:and|und)?\s*(\d{1,2})\s*(?:m|min|mins|minutes?|minuten?)\b\.?/giu;

export type DurationMention = { readonly minutes: number; readonly text: string; readonly index: number };

function amount(text: string): number {
  const lower = text.toLowerCase().replace(/\s+/g, ' ');
  return numberWords[lower] ?? Number(lower.replace(',', '.'));
}

function minutesOf(unitText: string): number {
  return unitMinutes.find(([pattern]) => pattern.test(unitText))?.[1] ?? 0;
}

/** Words before a time that make it a rate, an age, a limit or a date and no effort. */
const notEffortBefore =
  /(?:every|each|alle|per|pro|within|innerhalb(?: von)?|older than|älter als|last|past|letzten|next|nächsten|timeout(?: of)?|[<>≥≤]=?|in|after|nach|for the|vor|before|binnen|ago|jede[nrs]?|once an?|twice an?|times? an?|mal (?:pro|am|im))\s*$/iu;
const notEffortAfter =
  /^\s*(?:old|alt|ago|later|später|before|after|vor|nach|timeout|interval|limit|deadline|in advance|apart|each way|bus|notice|warranty|retention|a week|per (?:week|day|month)|\/\s*(?:week|day|wk)|pro|die woche|in der woche|trial|history|delivery|lead time|shipping|lieferzeit|versand|from now)/iu;

/** Every stretch of working time a text gives as effort, ranges by their middle; rates, ages and limits left out. */
export function findDurations(text: string): readonly DurationMention[] {
  const found: DurationMention[] = [];
  for (const match of text.matchAll(compound)) {
    found.push({ minutes: Number(match[1]) * 60 + Number(match[2]), text: match[0], index: match.index });
  }
  const rest = text.replace(compound, (match) => ' '.repeat(match.length));
  for (const match of rest.matchAll(new RegExp(expression, 'giu'))) {
    const high = amount(match[2] ?? '');
    const low = match[1] === undefined ? high : amount(match[1]);
    const minutes = Math.round(((low + high) / 2) * minutesOf(match[3] ?? ''));
    const before = rest.slice(0, match.index);
    const after = rest.slice(match.index + match[0].length);
    if (!Number.isFinite(minutes) || minutes <= 0 || notEffortBefore.test(before) || notEffortAfter.test(after))
      continue;
    found.push({ minutes, text: match[0], index: match.index });
  }
  return found.toSorted((left, right) => left.index - right.index);
}

const cue =
  /(?:takes?|needs?|requires?|effort|estimated?|estimate|duration|about|around|approx\.?|ca\.?|circa|roughly|~|≈|dauert|braucht|aufwand|dauer|etwa|ungefähr|rund|for|[-–—:,|(/[])\s*$/iu;

/** A list's entry as its effort counts: in brackets, after a dash or a word like "takes", or at its end. */
export function effortOf(text: string): DurationMention | null {
  const candidates = findDurations(text);
  return (
    candidates.find((mention) => {
      const before = text.slice(0, mention.index);
      const after = text.slice(mention.index + mention.text.length);
      return cue.test(before) || /^\s*[)\].,;]*\s*$/u.test(after) || before.trim() === '';
    }) ?? null
  );
}

/** A title without the effort it carries in brackets or at its end. */
export function withoutEffort(text: string): string {
  const mention = effortOf(text);
  if (mention === null) return text;
  const before = text.slice(0, mention.index);
  const after = text.slice(mention.index + mention.text.length);
  const bracketed =
    /[([]\s*(?:ca\.?|about|approx\.?|~|est\.?|etwa)?\s*$/iu.test(before) &&
    /^\s*(?:estimated|est\.?|effort)?\s*[)\]]/iu.test(after);
  const kept = bracketed
    ? before.replace(/\s*[([][^([]*$/u, '') + after.replace(/^[^)\]]*[)\]]/u, '')
    : /^\s*[.,;]?\s*$/u.test(after)
      ? before.replace(
          /[\s,;:–—~-]*(?:\b(?:takes?|needs?|about|around|ca\.?|for|dauert|braucht|etwa|approx\.?)\b\.?\s*)*$/iu,
          '',
        )
      : text;
  return kept.trim() === '' ? text : kept.trim();
}

/** "2 h", "45 min", "3 working days": minutes as a person reads them. */
export function formatMinutes(minutes: number, language: Language = 'en'): string {
  const days = minutes / minutesPerDay;
  if (days >= 1 && Number.isInteger(days)) {
    if (language === 'de') return days === 1 ? '1 Arbeitstag' : `${days} Arbeitstage`;
    return days === 1 ? '1 working day' : `${days} working days`;
  }
  if (minutes >= 60) {
    const hours = String(Number((minutes / 60).toFixed(2)));
    return language === 'de' ? `${hours.replace('.', ',')} Std.` : `${hours} h`;
  }
  return `${minutes} min`;
}

const weekly = new RegExp(
  `(?<!\\d)(${number}) ?(?:(?:-|–|to|bis) ?(${number}) ?)?(?:h|hrs?|hours?|std\\.?|stunden?) ?(?:a|an|per|each|every|/|pro|die|in der|jede) ?(?:week|wk|woche)`,
  'iu',
);

/** Working hours a week that a text grants, or null. */
export function hoursPerWeekIn(text: string): number | null {
  const match = weekly.exec(oneLine(text));
  if (match === null) return null;
  const first = amount(match[1] ?? '');
  const second = match[2] === undefined ? first : amount(match[2]);
  const hours = (first + second) / 2;
  return hours > 0 && hours <= 100 ? hours : null;
}
