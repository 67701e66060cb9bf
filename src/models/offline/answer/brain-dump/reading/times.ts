import { findDates } from '../../../text/dates.ts';
import type { DateMention } from '../../../text/dates.ts';
import type { Setting } from './kinds.ts';

const clock =
  /(?<![\p{L}\d.])(?:(?:at|um|gegen|@|ab)\s*)?(\d{1,2})(?:(?::|\.)(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|uhr|h)(?!\p{L})|(?<![\p{L}\d.])(?:at|um|gegen|@)\s*(\d{1,2})(?:[:.](\d{2}))?(?![\d%€$]|\s*(?:%|people|leute|euro))|(?<![\d.,])(\d{1,2}):(\d{2})(?!\d)/iu;

/** The time of day that a text names, as `HH:MM`. "At 3" is in the afternoon: nobody makes appointments at night. */
export function timeIn(text: string): string | null {
  const match = clock.exec(text);
  if (match === null) return null;
  const hour = Number(match[1] ?? match[4] ?? match[6]);
  const minute = Number(match[2] ?? match[5] ?? match[7] ?? 0);
  const half = (match[3] ?? '').toLowerCase();
  const afternoon = half.startsWith('p') || (match[4] !== undefined && hour < 8 && /\bat\b|@/iu.test(match[0]));
  const full = afternoon && hour < 12 ? hour + 12 : half.startsWith('a') && hour === 12 ? 0 : hour;
  return full > 23 || minute > 59 ? null : `${String(full).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

export function withoutTime(text: string): string {
  const cut = text
    .replace(clock, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/\s+(?:at|um|gegen|on|am|in|im|by|bis|the|for|für|und|and)\s*$/iu, '')
    .trim();
  return cut === '' ? text : cut;
}

const days: readonly (readonly [RegExp, string])[] = [
  [/mon(?:day)?|montag/iu, 'MO'],
  [/tue(?:s(?:day)?)?|dienstag/iu, 'TU'],
  [/wed(?:nesday)?|mittwoch/iu, 'WE'],
  [/thu(?:rs(?:day)?)?|donnerstag/iu, 'TH'],
  [/fri(?:day)?|freitag/iu, 'FR'],
  [/sat(?:urday)?|samstag|sonnabend/iu, 'SA'],
  [/sun(?:day)?|sonntag/iu, 'SU'],
];
const everyDay =
  /\b(?:every|each)\s+((?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b|\b(?:jeden|jede)\s+(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)/iu;

const englishNumbers = ['', 'one', 'two', 'three', 'four', 'five', 'six'];
const germanNumbers = ['', 'eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs'];
const everySome =
  /\b(?:every|alle)\s+(\d{1,2}|two|three|four|five|six|zwei|drei|vier|fünf|sechs)\s+(day|week|month|year|tag|woche|monat|jahr)/iu;
const units: Readonly<Record<string, string>> = {
  day: 'DAILY',
  tag: 'DAILY',
  week: 'WEEKLY',
  woche: 'WEEKLY',
  month: 'MONTHLY',
  monat: 'MONTHLY',
  year: 'YEARLY',
  jahr: 'YEARLY',
};

/** "Every three months", "alle 2 Wochen". */
function intervalIn(text: string): string | null {
  const [, said = '', unit = ''] = everySome.exec(text.toLowerCase()) ?? [];
  const interval = Math.max(englishNumbers.indexOf(said), germanNumbers.indexOf(said), Number(said) || 0);
  const frequency = units[unit];
  return frequency === undefined || interval < 2 ? null : `FREQ=${frequency};INTERVAL=${interval}`;
}

/** The rule by which something comes again, as iCalendar has it; null when the text names none. */
export function recurrenceIn(text: string): string | null {
  const day = everyDay.exec(text);
  const named = days.find(([pattern]) => pattern.test(day?.[1] ?? day?.[2] ?? ''))?.[1];
  if (named !== undefined) return `FREQ=WEEKLY;BYDAY=${named}`;
  const interval = intervalIn(text);
  if (interval !== null) return interval;
  if (
    /\b(?:every (?:single )?(?:day|morning|evening|night)|daily|each day)\b|\bjeden (?:tag|morgen|abend)|täglich/iu.test(
      text,
    )
  )
    return 'FREQ=DAILY';
  if (/\b(?:every other week|biweekly)\b|vierzehntägig/iu.test(text)) return 'FREQ=WEEKLY;INTERVAL=2';
  if (/\b(?:every week|weekly|each week|once a week)\b|jede woche|wöchentlich|einmal die woche/iu.test(text))
    return 'FREQ=WEEKLY';
  if (/\b(?:every month|monthly|each month|once a month)\b|jeden monat|monatlich|einmal im monat/iu.test(text))
    return 'FREQ=MONTHLY';
  return /\b(?:every year|yearly|annually)\b|jedes jahr|jährlich/iu.test(text) ? 'FREQ=YEARLY' : null;
}

export type Days = { readonly startDate: string | null; readonly deadline: string | null; readonly guessed: boolean };

const vague =
  /\b(?:week|weekend|month|soon|spring|summer|autumn|fall|winter|woche|wochenende|bald|frühling|sommer|herbst)\b/iu;

/** Evenings are of their day. */
export function daily(text: string): string {
  return text
    .replace(/\btonight\b|\bthis (?:evening|afternoon|morning)\b/giu, 'today')
    .replace(/\bheute (?:abend|nachmittag|mittag|früh|noch)\b/giu, 'heute')
    .replace(/\bmorgen (?:früh|abend|vormittag|nachmittag|mittag)\b/giu, 'morgen');
}

export function upcoming(text: string, setting: Setting): readonly DateMention[] {
  return findDates(daily(text), setting.language, setting.reference).filter((date) => !date.past);
}

/** When a thought is to be done: by a day, from a day, or on one. */
export function daysIn(text: string, setting: Setting, isEvent: boolean): Days {
  const dates = upcoming(text, setting);
  const due = dates.find((date) => date.role === 'deadline') ?? dates.find((date) => date.role === 'on');
  const start = dates.find((date) => date.role === 'start');
  if (due === undefined)
    return { startDate: start?.date ?? null, deadline: null, guessed: start !== undefined && vague.test(start.text) };
  const guessed = vague.test(due.text);
  if (isEvent) return { startDate: due.date, deadline: due.end, guessed };
  const startDate = start !== undefined && start.date <= due.end ? start.date : due.end === due.date ? null : due.date;
  return { startDate, deadline: due.end, guessed };
}
