import type { Priority } from '../../../../../contract/proposal.ts';
import { makeTask } from '../../../outline/make-task.ts';
import { entry } from '../../../outline/outline.ts';
import { capitalized, oneLine, shortened } from '../../../text/clean.ts';
import { bare, isShoppingList, kindOf } from './kinds.ts';
import type { Kind, Setting } from './kinds.ts';
import { ordersOf } from './phrases.ts';
import type { Segment } from './segments.ts';
import { findDurations } from '../../../text/durations.ts';
import { daily, daysIn, recurrenceIn, timeIn, upcoming, withoutTime } from './times.ts';

/** Something to do, as the rules read it; where it belongs is found out elsewhere. */
export type ReadTask = {
  readonly segment: Segment;
  readonly title: string;
  readonly details: string;
  readonly priority: Priority;
  readonly startDate: string | null;
  readonly deadline: string | null;
  readonly time: string | null;
  readonly durationMinutes: number | null;
  readonly recurrence: string | null;
  readonly guesses: readonly ('date' | 'intent')[];
  readonly sure: number;
  readonly why: string;
};

export type Thought = { readonly segment: Segment; readonly kind: Kind };

export function readThoughts(segments: readonly Segment[], setting: Setting): readonly Thought[] {
  return segments.map((segment) => ({ segment, kind: kindOf(segment, setting) }));
}

const anaphor: Readonly<Record<Setting['language'], RegExp>> = {
  en: /\b(that|it|this|them|those|that one)\b(?!\s+(?:i|we|the|is|was|one|week|weekend|month|morning|evening|afternoon|year)\b)/iu,
  de: /(?<!\p{L})(das|die|den|es|sie)(?!\p{L})(?!\s+\p{Lu}|\s+\p{Ll}+e[nrs]?\s+\p{Lu})/iu,
};
const topic: Readonly<Record<Setting['language'], RegExp>> = {
  en: /^((?:the|my|our|that)\s+.{2,50}?)\s+(?:is|are|was|has|needs|still|isn't|looks)\b/iu,
  de: /^((?:die|der|das|den|mein\p{L}*|unser\p{L}*)\s+.{2,50}?)\s+(?:ist|sind|war|hat|muss|braucht|liegt|steht)(?!\p{L})/iu,
};

/** "Gotta send that today", said of the invoice before it, names the invoice. */
function named(order: string, before: Segment | undefined, { language }: Setting): string {
  const about = before === undefined ? undefined : topic[language].exec(bare(before.quote, language))?.[1];
  return about === undefined || order.split(/\s+/u).length > 6
    ? order
    : order.replace(anaphor[language], about.replace(/^(?:That)\b/u, 'that'));
}

function takesUp(segment: Segment, before: Segment, setting: Setting): boolean {
  if (withSubject(segment.quote, before, setting.language) !== segment.quote) return true;
  return ordersOf(segment.quote, setting.language).some((order) => named(order, before, setting) !== order);
}

// "…, that takes maybe 3 hours" is said of what was named last.
function trailingMinutes(quote: string, isLast: boolean): number | null {
  const [only, ...more] = findDurations(quote);
  return isLast && only !== undefined && more.length === 0 && only.minutes <= longestSitting ? only.minutes : null;
}

function priorityOf(text: string, deadline: string | null, setting: Setting): Priority {
  if (/\b(?:super urgent|critical|most important|emergency)\b|ganz dringend|allerwichtigste\p{L}*|notfall/iu.test(text))
    return 'critical';
  if (
    /\b(?:urgent(?:ly)?|asap|important|immediately|overdue|really need)\b|dringend|sofort|wichtig|überfällig|unbedingt|!{2,}/iu.test(
      text,
    )
  )
    return 'high';
  const soon = new Date(Date.parse(setting.reference.now) + 3 * 86_400_000).toISOString().slice(0, 10);
  if (deadline !== null && deadline <= soon) return 'high';
  return /\b(?:maybe(?! (?:about |around )?(?:\d|an? ))|at some point|eventually|if (?:i|we) have time|no rush|not urgent|some ?time)\b|vielleicht|irgendwann|wenn zeit|eilt nicht|bei gelegenheit/iu.test(
    text,
  )
    ? 'low'
    : 'medium';
}

function eventTitle(text: string, setting: Setting): string {
  const core = withoutTime(
    daily(text)
      .replace(
        /^(?:i have|i've got|i got|we have|we've got|there(?:'s| is)|i'm going to|ich habe?|hab|habe ich|wir haben|da ist|es gibt)\s+/iu,
        '',
      )
      .replace(/^(?:an?|the|einen?|eine|den|die|das|der|noch)\s+/iu, ''),
  );
  const cut = upcoming(core, setting)
    .toReversed()
    .reduce((rest, date) => {
      const front = rest
        .slice(0, date.index)
        .replace(/[\s,(–—-]*(?:\b(?:is|are|ist|sind|on|am|at|by|in|im|the|den|der|dem|next|nächsten)\b\s*)*$/iu, '');
      return `${front} ${rest.slice(date.index + date.text.length)}`;
    }, core);
  const tidy = oneLine(
    cut
      .replace(/\s+,/gu, ',')
      .replace(/^[,\s–—-]+|[.,!\s–—-]+$/gu, '')
      .replace(/\s+(?:is|on|am|at|um|ist)$/iu, ''),
  );
  return capitalized(shortened(tidy === '' ? text : tidy, 110));
}

const reasons: Readonly<
  Record<Setting['language'], Readonly<Record<'cue' | 'order' | 'wish' | 'need' | 'event', string>>>
> = {
  en: {
    cue: 'Said as something that must be done.',
    order: 'Written as an order.',
    wish: 'Said as a wish.',
    need: 'Said to be missing or due.',
    event: 'Happens on a day.',
  },
  de: {
    cue: 'Als etwas genannt, das zu tun ist.',
    order: 'Als Auftrag formuliert.',
    wish: 'Als Wunsch genannt.',
    need: 'Fehlt oder ist fällig.',
    event: 'Findet an einem Tag statt.',
  },
};

function asEvent({ segment, kind }: Thought, setting: Setting): readonly ReadTask[] {
  if (kind.kind !== 'event') return [];
  const text = bare(segment.quote, setting.language);
  const { guessed, ...days } = daysIn(text, setting, true);
  return [
    {
      segment,
      title: eventTitle(text, setting),
      details: '',
      priority: priorityOf(text, days.deadline, setting),
      ...days,
      time: timeIn(text),
      durationMinutes: null,
      recurrence: recurrenceIn(text),
      guesses: guessed ? ['date'] : [],
      sure: kind.sure,
      why: reasons[setting.language].event,
    },
  ];
}

function asOrders({ segment, kind }: Thought, before: Segment | undefined, setting: Setting): readonly ReadTask[] {
  if (kind.kind !== 'task') return [];
  const { language } = setting;
  const orders = isShoppingList(segment.heading)
    ? [shopping(segment.quote, language)]
    : ordersOf(withSubject(segment.quote, before, language), language);
  return orders.map((order, index) => {
    const text = daily(withoutRule(named(order, before, setting)));
    const time = timeIn(text);
    const made = makeTask(entry(time === null ? text : withoutTime(text)), {
      ...setting,
      shareMinutes: null,
      phaseStart: null,
      phaseDeadline: null,
    });
    const recurrence = recurrenceIn(segment.quote);
    // One order has all the days of its thought; of several each has its own.
    const { guessed, ...days } = daysIn(withoutRule(orders.length === 1 ? segment.quote : text), setting, false);
    const weak = kind.by === 'wish' || kind.by === 'need';
    return {
      segment,
      title: titleOf(made.title, text),
      details: '',
      priority: priorityOf(segment.quote, days.deadline, setting),
      ...days,
      time: days.deadline === null && days.startDate === null ? null : time,
      durationMinutes:
        made.effort === 'written' && made.minutes <= longestSitting
          ? made.minutes
          : trailingMinutes(segment.quote, index === orders.length - 1),
      recurrence,
      guesses: [...(guessed ? (['date'] as const) : []), ...(weak ? (['intent'] as const) : [])],
      sure: kind.sure,
      why: reasons[language][kind.by],
    };
  });
}

// "It takes six weeks" is how long one waits, and not how long one works.
const longestSitting = 960;
const rulePhrase =
  /\s*\b(?:every (?:\d{1,2}|two|three|four|five|six) (?:days|weeks|months|years)|every (?:other |single )?(?:day|week|month|year|morning|evening|night|\p{L}+days?)|each (?:day|week|month|\p{L}+day)|once a (?:week|month)|daily|weekly|monthly)\b|\s*(?<!\p{L})(?:jede[ns]? (?:tag|woche|monat|jahr|morgen|abend|\p{L}+tag)|alle (?:\d{1,2}|zwei|drei|vier|fünf|sechs) (?:tage|wochen|monate|jahre)|täglich|wöchentlich|monatlich|einmal (?:die woche|im monat))(?!\p{L})/giu;

function withoutRule(text: string): string {
  const cut = oneLine(text.replace(rulePhrase, ' '));
  return cut.split(' ').length >= 2 ? cut : text;
}

function shopping(quote: string, language: Setting['language']): string {
  const things = quote.replace(/[.!]+$/u, '');
  if (/^(?:buy|get|order)\b|(?:kaufen|besorgen|bestellen|holen)$/iu.test(things)) return things;
  return language === 'de' ? `${things} kaufen` : `Buy ${things}`;
}

/** "The tax return! Needs to be handed in": what needs it stands before. */
function withSubject(quote: string, before: Segment | undefined, language: Setting['language']): string {
  if (before === undefined) return quote;
  if (language === 'de')
    return quote.replace(
      /^(?:das|die|den|es|sie)(?= (?:muss|sollte|will|soll) (?:ich|wir|man))/iu,
      (pronoun) => topic.de.exec(bare(before.quote, 'de'))?.[1] ?? pronoun,
    );
  if (!/^(?:needs? to|has to|must|should) be\b/iu.test(quote)) return quote;
  const thing = bare(before.quote, 'en').replace(/[.!?:]+$/u, '');
  return thing.split(/\s+/u).length <= 5 ? `${thing} ${quote}` : quote;
}

const trailing =
  /[\s,;:–—-]+(?:of course|natürlich|asap|please|bitte|too|as well|though|again|at some point|somehow|really|soon|urgently|for real|or something|i guess|i think|auch|noch|mal|irgendwann|dringend|unbedingt)$/iu;

function titleOf(made: string, order: string): string {
  // A day that something is about is no day on which it is done: "call mum about Christmas".
  const title = /\s(?:wegen|about|for|für|zu|regarding|with|mit|von|of)$/iu.test(made) ? shortened(order, 110) : made;
  const cut = title
    .replace(/^(?:Da|Dafür|Dazu|Es|Dann)\s+(?=\p{L}+\s)/u, '')
    .replace(/^(?:die|den|das|der)\s+(?=\p{Lu})/u, '')
    .replace(trailing, '')
    .replace(/[\s,;:(–—-]+$/u, '');
  return capitalized(cut === '' ? title : cut);
}

/** Everything to do in the thoughts of a text, in their order. */
export function readTasks(thoughts: readonly Thought[], setting: Setting): readonly ReadTask[] {
  return thoughts.flatMap((thought, at) => {
    const next = thoughts[at + 1];
    // What the next thought does something about is not to be done twice.
    if (
      thought.kind.kind === 'task' &&
      thought.kind.by === 'need' &&
      next?.kind.kind === 'task' &&
      takesUp(next.segment, thought.segment, setting)
    )
      return [];
    const remark =
      next?.kind.kind === 'nothing' &&
      /^(?:maybe|ideally|preferably|vielleicht|am besten|gern)\b/iu.test(next.segment.quote)
        ? next.segment.quote
        : '';
    const read = [...asEvent(thought, setting), ...asOrders(thought, thoughts[at - 1]?.segment, setting)];
    return remark === '' ? read : read.map((task) => ({ ...task, details: remark }));
  });
}
