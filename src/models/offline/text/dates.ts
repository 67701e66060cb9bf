import * as chrono from 'chrono-node';
import { Temporal } from 'temporal-polyfill';
import type { Language } from './language.ts';
import { findMonthDates } from './month-dates.ts';

/** When and where a request is read: dates are resolved against `now` in `timeZone`, never against the machine's clock. */
export type Reference = { readonly now: string; readonly timeZone: string };
export type DateRole = 'deadline' | 'start' | 'on';
export type DateMention = {
  /** `YYYY-MM-DD`; for a range its first day. */
  readonly date: string;
  /** Last day of a range, else the same as `date`. */
  readonly end: string;
  readonly text: string;
  readonly index: number;
  readonly role: DateRole;
  /** True when the text names a day that is over. */
  readonly past: boolean;
};
/** A date found by a rule, before its role is read from the words around it. */
export type RawDate = { readonly date: string; readonly end: string; readonly text: string; readonly index: number };

/** Today in the person's zone; an unusable instant or zone falls back to the epoch and UTC so that nothing depends on the machine. */
export function localDay(reference: Reference): Temporal.PlainDate {
  try {
    return Temporal.Instant.from(reference.now).toZonedDateTimeISO(reference.timeZone).toPlainDate();
  } catch {
    const day = /^\d{4}-\d{2}-\d{2}/.exec(reference.now)?.[0];
    try {
      return Temporal.PlainDate.from(day ?? '2000-01-01');
    } catch {
      return Temporal.PlainDate.from('2000-01-01');
    }
  }
}

function validDate(year: number, month: number, day: number): string | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

/** 15.3., 15.03.2027: chrono reads the dotted form by locale, people who write it always mean day first. */
function findDotted(text: string, today: Temporal.PlainDate): readonly RawDate[] {
  const found: RawDate[] = [];
  for (const match of text.matchAll(/(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.(\s?\d{4}|\s?\d{2}(?!\d))?(?!\d)/gu)) {
    const [day, month] = [Number(match[1]), Number(match[2])];
    const written = match[3] === undefined ? null : Number(match[3].trim());
    const year = written === null ? today.year : written < 100 ? 2000 + written : written;
    const date = validDate(year, month, day);
    if (date === null) continue;
    const rolled = written === null && date < today.toString() ? (validDate(year + 1, month, day) ?? date) : date;
    found.push({ date: rolled, end: rolled, text: match[0], index: match.index });
  }
  return found;
}

const workWeek = /\b(next week|this week|nächste[rn]? woche|diese[rn]? woche|kommende[rn]? woche)\b/giu;

function findWeeks(text: string, today: Temporal.PlainDate): readonly RawDate[] {
  return [...text.matchAll(workWeek)].map((match) => {
    const thisWeek = /^(this|diese)/i.test(match[0]);
    const monday = today.subtract({ days: today.dayOfWeek - 1 }).add({ weeks: thisWeek ? 0 : 1 });
    const from = thisWeek ? today : monday;
    const friday = monday.add({ days: 4 });
    return {
      date: from.toString(),
      end: (Temporal.PlainDate.compare(friday, from) < 0 ? from : friday).toString(),
      text: match[0],
      index: match.index,
    };
  });
}

type Components = chrono.ParsedComponents;

function dateOf(components: Components): string | null {
  return validDate(components.get('year') ?? 0, components.get('month') ?? 0, components.get('day') ?? 0);
}

/** What chrono takes for a date and people don't: fractions, ages, clock times, "may" and "sun" as words. */
function isNoDate(text: string): boolean {
  return (
    /^\d+\/\d+$/.test(text) ||
    /\bago\b|\bvor \d|\b(?:\d+\s*|an?\s+)(?:s|sec|seconds?|m|min|mins|minutes?|h|hours?|sekunden?|minuten?|stunden?|std)\b/iu.test(
      text,
    ) ||
    /^(?:may|mar|march|sun|sat|mon|wed|thu|fri|now|jetzt|heute morgen|dec|second|so|mo|di|mi|do|fr|sa)$/u.test(text) ||
    /^(?:so|mo|di|mi|do|fr|sa|wed|sat|sun)\.?$/iu.test(text) ||
    // "2 days", "the day", "half a week" are stretches of time; "in 2 days" and "next month" are dates.
    (/\b(?:days?|weeks?|months?|years?|tage?n?|wochen?|monate?n?|jahre?n?)\b/iu.test(text) &&
      !/^(?:in|within|next|this|coming|binnen|innerhalb|nächste|diese|kommende)/iu.test(text))
  );
}

function findByChrono(text: string, language: Language, reference: Reference): readonly RawDate[] {
  // Noon keeps "today" and "in two weeks" on the right day whatever the hour of `now`.
  const instant = new Date(`${localDay(reference).toString()}T12:00:00Z`);
  const parser = language === 'de' ? chrono.de.casual : chrono.en.casual;
  const found: RawDate[] = [];
  for (const result of parser.parse(text, { instant, timezone: 0 }, { forwardDate: true })) {
    const { start } = result;
    const named = start.isCertain('day') || start.isCertain('weekday');
    const date = dateOf(start);
    if (!named || date === null || isNoDate(result.text)) continue;
    const end = result.end === null || result.end === undefined ? date : (dateOf(result.end) ?? date);
    found.push({ date, end: end < date ? date : end, text: result.text, index: result.index });
  }
  return found;
}

const deadlineCue =
  /(?:\b(?:by|until|till|before|due(?: date)?|deadline(?: is)?|no later than|latest|finish(?:ed)?|done|complete[d]?|ready|ends?|end date|target(?: date)?|within|bis(?: zum| spätestens)?|spätestens(?: am| bis)?|frist|fällig(?: am)?|abgabe(?: am)?|vor(?: dem)?|fertig(?: am)?|ende|termin|innerhalb von))[\s:*_]*(?:(?:the|on|by|is|am|zum|dem|den|der|at|latest)\s+)*$/iu;
const startCue =
  /(?:\b(?:from|starting|start(?:s|ing)?(?: date| on)?|begin(?:s|ning)?|not before|no earlier than|earliest|after|since|ab(?: dem)?|frühestens(?: ab| am)?|beginn(?:t)?(?: am)?|nach(?: dem)?|seit|anfangend))[\s:*_]*(?:(?:the|on|is|am|dem|den|der)\s+)*$/iu;

function roleOf(text: string, raw: RawDate): DateRole {
  const before = text.slice(Math.max(0, raw.index - 40), raw.index);
  if (startCue.test(before)) return 'start';
  if (
    deadlineCue.test(before) ||
    /^\s*(?:at the latest|spätestens|deadline|fällig)/iu.test(text.slice(raw.index + raw.text.length)) ||
    /^(?:within|innerhalb|binnen|by|bis)\b/iu.test(raw.text)
  )
    return 'deadline';
  return 'on';
}

/** Lines about the document itself, whose dates plan nothing. */
const aboutDocument =
  /(?:last\s+updated|updated|created|version|changed|revision|generated|authored|^\W*stand|erstellt(?: am)?|geändert|copyright|©)\s*(?:on|at|am|vom)?[\s:*_]*$/iu;

/**
 * Every date a text names, in order of appearance, with what it is for. Code spans are not read. Dates without a year
 * are the next ones; a range gives both ends.
 */
export function findDates(text: string, language: Language, reference: Reference): readonly DateMention[] {
  const readable = text
    .replace(/`[^`\n]*`/g, (code) => ' '.repeat(code.length))
    .replace(/https?:\/\/\S+/g, (url) => ' '.repeat(url.length));
  const today = localDay(reference);
  const own = [...findDotted(readable, today), ...findWeeks(readable, today), ...findMonthDates(readable, today)];
  const taken: RawDate[] = [];
  for (const raw of [...own, ...findByChrono(readable, language, reference)]) {
    const clash = taken.some(
      (other) => raw.index < other.index + other.text.length && other.index < raw.index + raw.text.length,
    );
    if (!clash && !aboutDocument.test(readable.slice(Math.max(0, raw.index - 40), raw.index))) taken.push(raw);
  }
  return taken
    .toSorted((left, right) => left.index - right.index)
    .map((raw) => ({ ...raw, role: roleOf(readable, raw), past: raw.end < today.toString() }));
}
