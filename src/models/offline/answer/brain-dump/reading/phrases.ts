import { proseEntries } from '../../../reading/prose.ts';
import { capitalized, oneLine } from '../../../text/clean.ts';
import type { Language } from '../../../text/language.ts';
import { verbOfGerund, verbOfParticiple } from '../../../text/verbs.ts';
import { bare } from './kinds.ts';

type Rule = readonly [RegExp, (match: RegExpExecArray) => string];

const prefixes =
  'ab|an|auf|aus|bei|durch|ein|fest|fertig|her|hin|los|mit|nach|raus|rein|rüber|um|vor|weg|zurück|zusammen';

/** "den Müll rauszubringen" → "den Müll rausbringen"; "Mama zu fragen" → "Mama fragen". */
function plainInfinitive(text: string): string {
  return text
    .replace(new RegExp(`(?<!\\p{L})(${prefixes})zu(\\p{Ll}+n)(?!\\p{L})`, 'gu'), '$1$2')
    .replace(/\bzu (\p{Ll}+n)(?=[.!?]*$)/u, '$1');
}

function group(match: RegExpExecArray, at = 1): string {
  return (match[at] ?? '').trim();
}

/** How a thing that was only named becomes something to do. */
const rules: Readonly<Record<Language, readonly Rule[]>> = {
  en: [
    [
      /\b(?:don't|don’t|do not|can't|mustn't) (?:let me )?forget (?:about )?(?!to\b|that\b)(.+)$/iu,
      (m) => `Take care of ${group(m)}`,
    ],
    [/\b(?:don't|don’t|do not|can't|mustn't|not) (?:let me )?forget to\s+(.+)$/iu, group],
    [/\bremind me (?:about|of) (.+)$/iu, (m) => `Remember ${group(m)}`],
    [/\b(?:remind me|remember|make sure|note to self:?) (?:to|that i|that we|i|we)?\s*(.+)$/iu, group],
    [/^(?:i|we)?\s*(?:'re|'m|are|am|ran|run|have run)? ?out of (.+)$/iu, (m) => `Buy ${group(m)}`],
    [
      /^(?:the |my |our )?(.+?) needs? (\p{L}+ing)\b(.*)$/iu,
      (m) => `${verbOfGerund(group(m, 2)) ?? 'see to'} ${group(m)}${m[3] ?? ''}`,
    ],
    [/^(.+?) (?:is|are) (?:over)?due\b(.*)$/iu, (m) => `Take care of ${group(m)}${m[2] ?? ''}`],
    [/^(.+?) (?:is|are) broken\b(.*)$/iu, (m) => `Get ${group(m)} repaired${m[2] ?? ''}`],
    [/^(?:i |we )?(?:still |also |really )*need (?!to\b)(.+)$/iu, (m) => `Get ${group(m)}`],
    [/^(.+?) needs? (a new .+)$/iu, (m) => `Get ${group(m)} ${group(m, 2)}`],
    [/^(.+?)\s[–—-]\s(?:i )?promised\b.*$/iu, group],
    [/\bpromised (\p{Lu}\p{L}+) (?:that )?(?:i'd|i would|to) help (.+)$/iu, (m) => `Help ${group(m)} ${group(m, 2)}`],
    [/\bpromised (?:\p{L}+ )?(?:to|i'd|i would|that i'd|we'd)\s+(.+)$/iu, group],
    [
      /\bshould(?:'ve| have) (\p{L}+) (.+?)(?:\s+(?:last \p{L}+|yesterday|ages ago|weeks ago))?,.*\bdo (?:that|it|this)\b.*$/iu,
      (m) => `${verbOfParticiple(group(m)) ?? group(m).replace(/ed$/u, '')} ${group(m, 2)}`,
    ],
  ],
  de: [
    [/(?:nicht vergessen|daran denken|dran denken)\s*[:,–—-]?\s+(.+)$/iu, (m) => withVerb(plainInfinitive(group(m)))],
    [
      /^(?:darf |muss |sollte |ich |wir |noch |auch )*(.+?)\s+(?:nicht vergessen|nicht zu vergessen)[.!]*$/iu,
      (m) => withVerb(group(m)),
    ],
    [
      /\bbrauche\p{L}*\s+(?:(?:ich|wir|noch|auch|dringend|unbedingt|mal)\s+)*(.+)$/iu,
      (m) => `${group(m).replace(/[.!]+$/u, '')} besorgen`,
    ],
    [/^(?:die |der |das |den )?(.+?) (?:ist|sind) (?:fast )?(?:alle|leer)\b/iu, (m) => `${group(m)} kaufen`],
    [/^(?:die |der |das )?(.+?) (?:ist|sind) (?:über)?fällig(.*)$/iu, (m) => `${group(m)} erledigen${m[2] ?? ''}`],
    [/^(?:die |der |das )?(.+?) (?:ist|sind) kaputt\b/iu, (m) => `${group(m)} reparieren lassen`],
  ],
};

const asides: Readonly<Record<Language, RegExp>> = {
  en: /,?\s+(?:but (?:that's|it's|that is|no|not)|or (?:else|they|it|he|she)|otherwise|because|so that(?: it|'s)|which|cause|since|before i forget)\b.*$|,\s+(?:it|that|he|she|they|maybe|really|super|window|ideally|the \p{L}+ is|\p{L}+ is)\b.*$/iu,
  de: /,?\s+(?:aber (?:das|es|nicht|eilt)|sonst|weil|denn|damit|bevor ich)(?!\p{L}).*$|,\s+(?:das|es|er|sie|die|der|am besten|dauert|\p{L}+ ist)(?!\p{L}).*$/iu,
};

/** A thought without the reason or remark behind it. */
function withoutAside(text: string, language: Language): string {
  if (/\bdo (?:that|it|this)\b|vergessen,/iu.test(text)) return text;
  const cut = text.replace(asides[language], '');
  return cut.split(/\s+/u).length >= 2 ? cut : text;
}

/** Something that is no infinitive is a thing to see to. */
function withVerb(text: string): string {
  const trimmed = text.replace(/[.!]+$/u, '').replace(/^(?:die|das|den|der|dem|ich|wir)\s+/iu, '');
  return /\p{Ll}(?:en|ern|eln)(?!\p{L})/u.test(
    trimmed
      .split(/\s+/u)
      .filter((word) => /^\p{Ll}/u.test(word))
      .at(-1) ?? '',
  )
    ? trimmed
    : `${trimmed} erledigen`;
}

/** Spoken forms as the rules for written prose know them. */
function written(text: string): string {
  return text
    .replace(/’/gu, "'")
    .replace(/\b(?:i've |i have |we've |i )?(?:gotta|got to)\b/giu, 'I need to')
    .replace(/\bwanna\b/giu, 'want to')
    .replace(/\b(?:i'm |i am |we're )?(?:supposed to)\b/giu, 'I have to')
    .replace(/\b(?:i|we)'d better\b/giu, 'I should')
    .replace(
      /\b(?:should|need to|have to|must) (?:really |probably |definitely |finally |also |still |just |remember to |try to |not forget to )+/giu,
      (match) =>
        `${
          match.split(' ')[0] === 'should'
            ? 'should'
            : match
                .split(' ')
                .slice(0, match.startsWith('must') ? 1 : 2)
                .join(' ')
        } `,
    )
    .replace(/(?<!\p{L})(?:müsste|sollte|müssten|sollten)(?!\p{L})/giu, (verb) =>
      verb.endsWith('n') ? 'müssen' : 'muss',
    )
    .replace(
      /(?<!\p{L})(?:mal wieder|wieder mal|irgendwann mal|endlich mal|auf jeden fall|unbedingt|dringend|eigentlich)\s+/giu,
      '',
    )
    .replace(/^(?:todo|to-do|to do|note to self)\s*[:–—-]?\s*/iu, '');
}

const modalEnglish =
  /\b(?:needs? to|have to|has to|must|should|ought to|going to|will|'ll|want to|like to|let's)\s+(.+)$/iu;
const modalGerman =
  /(?<!\p{L})(?:ich|wir|man|muss|müssen|müsste|müssten|sollte|sollten|soll|will|möchte|unbedingt|dringend|noch|mal|auch|endlich|eigentlich|bitte|wirklich|wieder mal|dann|heute noch)(?!\p{L})\s*/giu;

function fallback(text: string, language: Language): string {
  if (language === 'en') return modalEnglish.exec(text)?.[1] ?? text;
  return oneLine(text.replace(modalGerman, ''));
}

/** What a thought says is to be done, as orders. */
export function ordersOf(quote: string, language: Language): readonly string[] {
  const text = written(withoutAside(bare(quote, language), language)).replace(/[.!]+$/u, '');
  for (const [pattern, make] of rules[language]) {
    const match = pattern.exec(text);
    if (match !== null) return [capitalized(oneLine(make(match)))];
  }
  const read = proseEntries(language === 'de' ? plainInfinitive(text) : text, language).map((entry) => entry.text);
  return read.length > 0 ? read : [capitalized(fallback(text, language))];
}
