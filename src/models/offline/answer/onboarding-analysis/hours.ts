import type { Json, JsonObject } from '../../../../contract/json.ts';
import type { Language } from '../../text/language.ts';
import type { Sections } from '../answerer.ts';
import { answerTo } from './sayings.ts';
import type { Said } from './sayings.ts';

const week = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const german = ['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag', 'sonntag'] as const;
const ownWork =
  /\b(?:I (?:usually |mostly |always )?work|my (?:working )?hours|working hours|ich arbeite|meine arbeitszeit\w*|arbeitszeit\w*)\b/iu;
const time = String.raw`(\d{1,2})(?:[:.](\d{2}))?\s*(?:(am|pm)\b|uhr\b|h\b|o'clock\b)?`;
const spanPattern = new RegExp(
  String.raw`(?:from|between|von|zwischen)?\s*\b${time}\s*(?:to|until|till|and|-|–|bis|und)\s*${time}`,
  'iu',
);
const loose = /\b(?:mornings?|afternoons?|evenings?|vormittags?|nachmittags?|morgens|abends)\b/iu;
const untilPattern = new RegExp(String.raw`\b(?:till|until|to|bis)\s+${time}`, 'iu');

function clockOf(hour: string | undefined, minute: string | undefined, half: string | undefined): string | null {
  const number = Number(hour) + (half?.toLowerCase() === 'pm' && Number(hour) < 12 ? 12 : 0);
  return number > 23 || Number(minute ?? 0) > 59 ? null : `${String(number).padStart(2, '0')}:${minute ?? '00'}`;
}

function spanIn(text: string): { readonly from: string; readonly to: string } | null {
  const match = spanPattern.exec(text);
  if (match === null) return null;
  const from = clockOf(match[1], match[2], match[3]);
  // "9 to 5" ends in the afternoon.
  const early = Number(match[4]) <= Number(match[1]) && match[6] === undefined;
  const to = clockOf(match[4], match[5], early ? 'pm' : match[6]);
  return from === null || to === null || from >= to ? null : { from, to };
}

function dayAt(word: string): number {
  const name = word.toLowerCase().slice(0, 5);
  return Math.max(
    week.findIndex((day) => day.startsWith(name)),
    german.findIndex((day) => day.startsWith(name)),
  );
}

function daysIn(text: string): string[] {
  const named = [
    ...text.matchAll(
      /\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:mon|diens|donners|frei|sams|sonn)tags?\b|\bmittwochs?\b/giu,
    ),
  ].map((match) => dayAt(match[0]));
  const [first, last] = [named[0], named.at(-1)];
  if (first === undefined || last === undefined || first < 0 || last < 0) return week.slice(0, 5);
  const range =
    named.length === 2 &&
    /\b(?:to|through|until|bis)\b|[–-]/iu.test(text.slice(0, text.search(/\d/u) < 0 ? undefined : text.search(/\d/u)));
  const wanted =
    range && first < last ? week.slice(first, last + 1) : week.filter((_day, index) => named.includes(index));
  return [...wanted];
}

/** Working hours where both ends are said, or were answered. */
export function readHours(said: readonly Said[], sections: Sections): JsonObject | null {
  const answer = answerTo(sections, 'working_hours');
  const answered = answer === null ? null : spanIn(answer);
  const spoken = said.find(({ text }) => ownWork.test(text) && (loose.test(text) || spanIn(text) !== null));
  if (answer !== null && answered !== null)
    return { days: daysIn(`${answer} ${spoken?.text ?? ''}`), ...answered, quote: answer };
  const span = spoken === undefined ? null : spanIn(spoken.text);
  return spoken === undefined || span === null ? null : { days: daysIn(spoken.text), ...span, quote: spoken.text };
}

/** Asks where a part of the day is said, but not from when till when. */
export function hoursQuestion(said: readonly Said[], language: Language): Json {
  const spoken = said.find(({ text }) => ownWork.test(text) && loose.test(text) && spanIn(text) === null);
  if (spoken === undefined) return null;
  const until = untilPattern.exec(spoken.text);
  const late = /evening|abend/iu.test(spoken.text) ? ['18:00', '21:00'] : ['13:00', '17:00'];
  const usual = /morning|vormittag|morgens/iu.test(spoken.text) ? ['09:00', '12:30'] : late;
  const said1 = until === null ? null : clockOf(until[1], until[2], Number(until[1]) < 7 ? 'pm' : until[3]);
  const end = said1 !== null && said1 > (usual[0] ?? '') ? said1 : usual[1];
  return {
    key: 'working_hours',
    question: language === 'de' ? 'Von wann bis wann arbeitest du?' : 'From when till when do you work?',
    why: language === 'de' ? 'Arbeit wird in diese Zeit gelegt.' : 'Work is placed into this time.',
    kind: 'text',
    options: [],
    default: language === 'de' ? `${usual[0]} bis ${end}` : `${usual[0]} to ${end}`,
  };
}
