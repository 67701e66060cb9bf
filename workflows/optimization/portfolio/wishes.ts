import type { FactSheet } from '../../../src/contract/facts.ts';
import { isDate } from '../../../src/contract/is-date.ts';
import { localDate } from '../../shared/local-date.ts';

/** Wishes that code can read from what the person wrote. Everything else they wrote is for the model. */
export type Wishes = {
  /** 0 is Sunday. */
  readonly freeWeekdays: readonly number[];
  /** "Nothing for the thesis before June": whose work, and from when (`YYYY-MM-DD`). */
  readonly notBefore: readonly { readonly subject: string; readonly date: string; readonly said: string }[];
};

const weekdays = [
  /\b(?:sundays?|sonntage?s?)\b/iu,
  /\b(?:mondays?|montage?s?)\b/iu,
  /\b(?:tuesdays?|dienstage?s?)\b/iu,
  /\b(?:wednesdays?|mittwochs?)\b/iu,
  /\b(?:thursdays?|donnerstage?s?)\b/iu,
  /\b(?:fridays?|freitage?s?)\b/iu,
  /\b(?:saturdays?|samstage?s?|sonnabende?s?)\b/iu,
];
const keepsFree =
  /\b(?:keep|leave|have|want)\b.*\b(?:free|off)\b|\bno (?:work|tasks?)\b|\bnothing\b(?=.*\bon\b)|\bfrei\b.*\b(?:halte|lass|bleib)|\b(?:halte|lass|bleib)\p{L}*\b.*\bfrei\b|\bkeine? (?:arbeit|aufgaben)\b/iu;

const months = [
  /^jan/iu,
  /^feb/iu,
  /^m(?:ar|är|rz)/iu,
  /^apr/iu,
  /^ma[yi]/iu,
  /^jun/iu,
  /^jul/iu,
  /^aug/iu,
  /^sep/iu,
  /^o[ck]t/iu,
  /^nov/iu,
  /^de[cz]/iu,
];
const notBefore =
  /\b(?:nothing|no work|nichts|keine arbeit)\b\s+(?:for|on|at|für|an|am|bei)\s+(?:the|my|our|die|der|das|den|dem|meine[rnms]?|unsere[rnms]?)?\s*(.{2,80}?)\s+(?:before|until|vor|bis)\s+(?:dem\s+|the\s+)?([\p{L}\d.-]+(?:\s+[\p{L}\d.]+){0,2})/iu;

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

/** The next such day after `today`, unless a year is named. */
function upcoming(
  today: string,
  date: { readonly month: number; readonly day: number; readonly year?: number },
): string {
  const year = date.year ?? Number(today.slice(0, 4));
  const text = `${year}-${pad(date.month)}-${pad(date.day)}`;
  return date.year === undefined && text < today ? `${year + 1}${text.slice(4)}` : text;
}

function readDate(text: string, today: string): string | null {
  const iso = /\d{4}-\d{2}-\d{2}/u.exec(text)?.[0];
  if (iso !== undefined) return iso;
  const dotted = /(\d{1,2})\.\s?(\d{1,2})\.(\d{4})?/u.exec(text);
  if (dotted !== null) {
    const [, day, month, year] = dotted;
    const named = { day: Number(day), month: Number(month) };
    return upcoming(today, year === undefined ? named : { ...named, year: Number(year) });
  }
  const words = text.split(/\s+/u);
  const month = words.map((word) => months.findIndex((name) => name.test(word))).find((index) => index >= 0);
  if (month === undefined) return null;
  const day = words
    .map((word) => /^\d{1,2}/u.exec(word)?.[0])
    .find((number) => number !== undefined && Number(number) <= 31);
  const year = words.map((word) => /^\d{4}$/u.exec(word)?.[0]).find((number) => number !== undefined);
  const named = { month: month + 1, day: day === undefined ? 1 : Number(day) };
  return upcoming(today, year === undefined ? named : { ...named, year: Number(year) });
}

function sentencesOf(facts: FactSheet): readonly string[] {
  const { userPrompt, context } = facts.input;
  const said = [userPrompt, context, ...facts.addedContext, ...facts.rejections.map((each) => each.comment)];
  return said
    .filter((text) => typeof text === 'string')
    .flatMap((text) => text.split(/(?<=[!?;]|\D\.)\s+|\n|,\s+(?=(?:and|und|keep|nothing|nichts|no|halte|lass)\b)/iu))
    .map((text) => text.trim().replace(/[.!?;]+$/u, ''))
    .filter((text) => text !== '');
}

/** Reads wishes about time from the prompt, added context and comments, in English and German. */
export function readWishes(facts: FactSheet): Wishes {
  const today = localDate(facts.now, facts.timeZone);
  const sentences = sentencesOf(facts);
  const free = sentences
    .filter((sentence) => keepsFree.test(sentence))
    .flatMap((sentence) => weekdays.flatMap((name, index) => (name.test(sentence) ? [index] : [])));
  return {
    freeWeekdays: [...new Set(free)].toSorted((a, b) => a - b),
    notBefore: sentences.flatMap((said) => {
      const match = notBefore.exec(said);
      const date = match?.[2] === undefined ? null : readDate(match[2], today);
      return match?.[1] === undefined || date === null || !isDate(date)
        ? []
        : [{ subject: match[1].trim(), date, said }];
    }),
  };
}
