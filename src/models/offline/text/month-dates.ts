import { Temporal } from 'temporal-polyfill';
import type { RawDate } from './dates.ts';

const months: readonly (readonly string[])[] = [
  ['january', 'jan', 'januar', 'jänner'],
  ['february', 'feb', 'februar'],
  ['march', 'mar', 'märz'],
  ['april', 'apr'],
  ['may', 'mai'],
  ['june', 'jun', 'juni'],
  ['july', 'jul', 'juli'],
  ['august', 'aug'],
  ['september', 'sep', 'sept'],
  ['october', 'oct', 'oktober', 'okt'],
  ['november', 'nov'],
  ['december', 'dec', 'dezember', 'dez'],
];
const names = months
  .flat()
  .toSorted((left, right) => right.length - left.length)
  .join('|');
const part =
  '(?:(?:at\\s+)?(?:the\\s+)?(end|middle|beginning|start|late|early|mid)(?:\\s+of\\s+|-|\\s+)(?:the\\s+)?|(ende|mitte|anfang)\\s+(?:des\\s+)?)';
const partOfMonth = new RegExp(
  `\\b${part}(${names}|month|next month|this month|monats|nächsten monats|year|jahres|next year|week|next week)\\b\\.?(?:\\s+(\\d{4}))?`,
  'giu',
);
const wholeMonth = new RegExp(
  `\\b(in|during|by|before|until|till|im|bis|vor|bis zum)\\s+(?:the\\s+month\\s+of\\s+)?(${names})\\b(?!\\s*\\.?\\s*\\d{1,2}\\b)\\.?(?:\\s+(\\d{4}))?`,
  'giu',
);
const quarter = /\b(?:(end|ende)\s+(?:of\s+)?)?Q([1-4])(?:\s*[/ ]\s*(\d{4}))?\b/giu;
const holiday = /\b(christmas|xmas|weihnachten|heiligabend|new year's eve|silvester)\b/giu;

function monthNumber(name: string): number {
  return months.findIndex((spellings) => spellings.includes(name.toLowerCase())) + 1;
}

function yearFor(month: number, written: string | undefined, today: Temporal.PlainDate): number {
  if (written !== undefined) return Number(written);
  return month < today.month ? today.year + 1 : today.year;
}

function lastDay(year: number, month: number): Temporal.PlainDate {
  return Temporal.PlainYearMonth.from({ year, month }).toPlainDate({ day: 31 });
}

function inMonth(where: string, month: Temporal.PlainDate): Temporal.PlainDate {
  if (/^(end|late|ende)$/i.test(where)) return lastDay(month.year, month.month);
  if (/^(mid|middle|mitte)$/i.test(where)) return month.with({ day: 15 });
  return month.with({ day: 5 });
}

function atYear(where: string, year: number): Temporal.PlainDate {
  const month = /^(end|late|ende)$/i.test(where) ? 12 : /^(mid|middle|mitte)$/i.test(where) ? 6 : 1;
  return lastDay(year, month);
}

function atWeek(where: string, monday: Temporal.PlainDate): Temporal.PlainDate {
  return monday.add({ days: /^(end|late|ende)$/i.test(where) ? 4 : /^(mid|middle|mitte)$/i.test(where) ? 2 : 0 });
}

function resolvePart(match: RegExpExecArray, today: Temporal.PlainDate): Temporal.PlainDate {
  const where = match[1] ?? match[2] ?? 'end';
  const what = (match[3] ?? '').toLowerCase();
  const next = /next|nächsten/.test(what);
  if (/week/.test(what))
    return atWeek(where, today.subtract({ days: today.dayOfWeek - 1 }).add({ weeks: next ? 1 : 0 }));
  if (/year|jahres/.test(what)) return atYear(where, today.year + (next ? 1 : 0));
  if (/month|monats/.test(what)) return inMonth(where, today.with({ day: 1 }).add({ months: next ? 1 : 0 }));
  const month = monthNumber(what);
  return inMonth(where, Temporal.PlainDate.from({ year: yearFor(month, match[4], today), month, day: 1 }));
}

function findWholeMonths(text: string, today: Temporal.PlainDate): readonly RawDate[] {
  return [...text.matchAll(wholeMonth)].flatMap((match) => {
    const name = match[2] ?? '';
    // "in may" in lower case is a month, "by mar" is not worth a guess.
    if (/^(mar|dec|sep|jan)$/.test(name)) return [];
    const month = monthNumber(name);
    const first = Temporal.PlainDate.from({ year: yearFor(month, match[3], today), month, day: 1 });
    const index = match.index + match[0].indexOf(name);
    const text = match[0].slice(match[0].indexOf(name));
    // "by May" is before it starts; "in May" may use all of it.
    const within = /^(in|im|during)$/i.test(match[1] ?? '');
    return [{ date: first.toString(), end: (within ? lastDay(first.year, month) : first).toString(), text, index }];
  });
}

/** Dates that name a part of a month, quarter or year ("end of May", "Mitte Juni", "Q3 2027"), which chrono leaves out. */
export function findMonthDates(text: string, today: Temporal.PlainDate): readonly RawDate[] {
  const parts = [...text.matchAll(partOfMonth)].map((match) => {
    const date = resolvePart(match, today).toString();
    return { date, end: date, text: match[0], index: match.index };
  });
  const quarters = [...text.matchAll(quarter)].map((match) => {
    const last = Number(match[2]) * 3;
    const date = lastDay(
      match[3] === undefined ? today.year + (last < today.month ? 1 : 0) : Number(match[3]),
      last,
    ).toString();
    return { date, end: date, text: match[0], index: match.index };
  });
  const holidays = [...text.matchAll(holiday)].map((match) => {
    const date = Temporal.PlainDate.from({
      year: today.year,
      month: 12,
      day: /year|silvester/i.test(match[0]) ? 31 : 24,
    });
    const next = (Temporal.PlainDate.compare(date, today) < 0 ? date.add({ years: 1 }) : date).toString();
    return { date: next, end: next, text: match[0], index: match.index };
  });
  return [...parts, ...quarters, ...holidays, ...findWholeMonths(text, today)];
}
