import type { Language } from '../../../text/language.ts';
import { findDates } from '../../../text/dates.ts';
import type { Reference } from '../../../text/dates.ts';
import { opensOrder } from './orders.ts';
import { aboutPerson, eventNoun, filler, idea, mood, notToDo, toDo, worthKeeping, wouldLike } from './cues.ts';
import type { Segment } from './segments.ts';

export type Setting = { readonly language: Language; readonly reference: Reference };
export type PersonCue = (typeof aboutPerson)['en'][number][0];
/** What a thought is, and how sure the rule is that says so. */
export type Kind =
  | { readonly kind: 'task'; readonly sure: number; readonly by: 'cue' | 'order' | 'wish' | 'need' }
  | { readonly kind: 'event'; readonly sure: number }
  | { readonly kind: 'idea' }
  | { readonly kind: 'feeling'; readonly low: boolean }
  | { readonly kind: 'person'; readonly field: PersonCue }
  | { readonly kind: 'fact' }
  | { readonly kind: 'nothing' };

/** A thought without the words that people warm up with. */
export function bare(text: string, language: Language): string {
  return text.replace(filler[language], '').trim();
}

/** "Every Monday water the beans" is the order behind its days. */
const timesFirst: Readonly<Record<Language, RegExp>> = {
  en: /^(?:every|each)\s+(?:other\s+|single\s+|(?:two|three|four|\d+)\s+)?\p{L}+s?,?\s+(?=\p{L})/iu,
  de: /^(?:jede[nrs]?|alle)\s+(?:(?:zwei|drei|vier|\d+)\s+)?\p{L}+,?\s+(?=\p{L})/iu,
};

// What one must in one's head is nothing to tick off.
const inner: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:need to|have to|must|should|gotta|got to|going to|will|'ll)\s+(?:just\s+|really\s+|also\s+|try to\s+)*(?:stop|be|feel|worry|relax|calm|breathe|sleep|chill|know|believe|admit|say|work|see|get a grip|get it together|get over|keep calm|not)\b(?!.*\b(?:on the|on my|for the)\b)/iu,
  de: /\b(?:muss|sollte|soll|müsste)\b.*\b(?:aufhören|entspannen|schlafen|runterkommen|durchatmen|beruhigen|sagen|zugeben|sein)[.!]?$/iu,
};
const needThing: Readonly<Record<Language, RegExp>> = {
  en: /^(?:i|we)?\s*(?:still |also |really )*(?:need|are out of|'re out of|ran out of|am out of|'m out of|run out of)\s+(?!to\b)(?:\p{L}|\d)|\bneeds? (?:\p{L}+ing|a new)\b|^(?:(?:the|my|our)\s+)?(?:\S+\s+){1,6}(?:is|are) (?:(?:over)?due|broken)\b/iu,
  de: /^(?:ich |wir )?brauche\p{L}*\s+(?:ich |wir )?(?:noch |auch |dringend |unbedingt )*\p{L}|\b(?:ist|sind) (?:überfällig|fällig|kaputt|alle|leer)(?!\p{L})/iu,
};
/** What was left undone, and is to be done now; a promise. */
const regret: Readonly<Record<Language, RegExp>> = {
  en: /\bshould(?:'ve| have) .*\bdo (?:that|it|this)\b|\bpromised\b/iu,
  de: /\bhätte .*\b(?:mache ich|muss ich)|\bversprochen\b/iu,
};
/** Not knowing what to do is nothing to do. */
const lost: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:don't|do not|no) (?:even |really )?(?:know|idea) (?:where|what|how|when|if)\b/iu,
  de: /weiß (?:\p{L}+ ){0,2}nicht,? (?:wo|was|wie|wann|ob)(?!\p{L})/iu,
};
const finite: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:is|are|was|were|has|had|does|did|seems?|feels?|makes)\b/iu,
  de: /\b(?:ist|sind|war|waren|hat|hatte|haben|wird|werden|bin|finde|glaube|denke|habe|hab|gibt|geht|macht|mag|kommt|will|könnte|würde|weiß)\b/iu,
};

function isOrder(text: string, { language }: Setting, bullet: boolean): boolean {
  const words = text.replace(/[.!]+$/u, '').split(/\s+/u);
  if (words.length < 2 || words.length > 22 || text.endsWith('?')) return false;
  if (language === 'en') {
    const second = words[1] ?? '';
    return (
      opensOrder(text, 'en') &&
      !/^(?:is|are|was|were|has|had|of|will|can|i|we|to)$/iu.test(second) &&
      (bullet ||
        !/^(?:work|love|play|time|plan|name|report|note|call|start|show|form|change)s?$/iu.test(words[0] ?? '') ||
        /^(?:the|my|a|an|to|for|up|on|[A-Z]\p{L}+|\p{Ll}{2,})$/u.test(second))
    );
  }
  return opensOrder(text, 'de') && !finite.de.test(text) && !/\bzu \p{Ll}+en\b/u.test(text);
}

function isPerson(text: string, language: Language): PersonCue | null {
  return aboutPerson[language].find(([, cue]) => cue.test(text))?.[0] ?? null;
}

/** Whether what stands below a heading is to be bought. */
export function isShoppingList(heading: string | null): boolean {
  return (
    heading !== null &&
    /^(?:shopping(?: list)?|groceries|to buy|buy|einkauf(?:en|sliste)?|einkäufe|besorgen|kaufen)$/iu.test(
      heading.trim(),
    )
  );
}

/** "Slides for the board by Monday": a thing and its day, without a verb. */
function isDueThing(text: string, { language, reference }: Setting): boolean {
  const due = findDates(text, language, reference).some((date) => date.role === 'deadline' && !date.past);
  return due && !finite[language].test(text) && text.split(/\s+/u).length <= 12;
}

function isEvent(text: string, { language, reference }: Setting): boolean {
  return eventNoun[language].test(text) && findDates(text, language, reference).some((date) => !date.past);
}

/** What a thought is. The order matters: what must be done is a task even where somebody is tired of it. */
export function kindOf(segment: Pick<Segment, 'quote' | 'bullet' | 'heading'>, setting: Setting): Kind {
  const { language } = setting;
  const text = bare(segment.quote, language);
  if (text.split(/\s+/u).length < 2 && !isShoppingList(segment.heading)) return { kind: 'nothing' };
  if (idea[language].test(text) && !/\b(?:need to|have to|must|muss)\b/iu.test(text)) return { kind: 'idea' };
  const field = isPerson(text, language);
  if (field !== null) return { kind: 'person', field };
  const asMood = (): Kind | null => {
    const { low, high } = mood[language];
    return low.test(text) ? { kind: 'feeling', low: true } : high.test(text) ? { kind: 'feeling', low: false } : null;
  };
  if (regret[language].test(text)) return { kind: 'task', sure: 0.85, by: 'need' };
  if (lost[language].test(text)) return asMood() ?? { kind: 'nothing' };
  if (notToDo[language].test(text) && !/\bforget\b|vergessen/iu.test(text)) return asMood() ?? { kind: 'nothing' };
  if (inner[language].test(text)) return asMood() ?? { kind: 'nothing' };
  if (toDo[language].test(text) && !text.endsWith('?')) return { kind: 'task', sure: 0.95, by: 'cue' };
  const order = text.replace(timesFirst[language], '');
  if (isOrder(order, setting, segment.bullet)) return { kind: 'task', sure: segment.bullet ? 0.95 : 0.9, by: 'order' };
  if (isShoppingList(segment.heading ?? null)) return { kind: 'task', sure: 0.9, by: 'order' };
  if (isEvent(text, setting)) return { kind: 'event', sure: 0.9 };
  if (needThing[language].test(text)) return { kind: 'task', sure: 0.85, by: 'need' };
  if (isDueThing(text, setting)) return { kind: 'task', sure: 0.85, by: 'need' };
  const felt = asMood();
  if (felt !== null) return felt;
  if (wouldLike[language].test(text)) return { kind: 'task', sure: 0.75, by: 'wish' };
  if (worthKeeping.test(text) || finite[language].test(text)) return { kind: 'fact' };
  return { kind: 'nothing' };
}
