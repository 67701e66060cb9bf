import { capitalized, contentWords, oneLine } from '../../../text/clean.ts';
import type { Language } from '../../../text/language.ts';
import type { Segment } from './segments.ts';

/** A project that the text itself brings up. */
export type Undertaking = {
  readonly key: string;
  readonly name: string;
  readonly quote: string;
  readonly sure: number;
  /** Which thoughts belong to it: those under its heading, or of its paragraph. */
  readonly heading: string | null;
  readonly paragraph: number | null;
  /** Whether it opens its paragraph, whose other thoughts are then about it. */
  readonly opens: boolean;
};

const noProject =
  /^(?:to ?-?dos?|tasks?|ideas?|today|tomorrow|this week|next week|notes?|misc|(?:other|random)(?: (?:stuff|thoughts|things))?|stuff|shopping(?: list)?|groceries|errands|calls?|work|home|personal|family|health|later|now|urgent|people|questions?|aufgaben?|ideen?|heute|morgen|diese woche|nächste woche|notizen?|sonstiges|einkaufen|einkaufsliste|einkäufe|arbeit|zuhause|privat|familie|gesundheit|später|dringend|fragen|haushalt|erledigen|merken)$/iu;
const named: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:new |big |side )?project\s*(?:is |called |named |idea )*[:–—-]?\s*["“']([^"”']{2,80})["”']|\bnew (?:side )?project\s*[:–—-]\s*([^.,;!?]{2,80})|\bproject (?:called|named)\s+([^.,;!?]{2,60})/iu,
  de: /\b(?:neues |großes )?projekt\s*(?:namens |heißt |ist )*[:–—-]?\s*["„“']([^"“”']{2,80})["“”']|\bneues projekt\s*[:–—-]\s*([^.,;!?]{2,80})|\bprojekt (?:namens)\s+([^.,;!?]{2,60})/iu,
};
const noun: Readonly<Record<Language, string>> = {
  en: 'party|wedding|trip|holiday|vacation|move|renovation|launch|conference|workshop|website|book|course|thesis|garden|podcast|relocation|fundraiser|reunion|festival|exhibition|camp',
  de: 'feier|party|hochzeit|reise|urlaub|umzug|renovierung|launch|konferenz|workshop|website|webseite|buch|kurs|masterarbeit|bachelorarbeit|garten|podcast|flohmarkt|sommerfest|ausstellung|klassentreffen|umbau|fest',
};
const planned: Readonly<Record<Language, RegExp>> = {
  en: new RegExp(
    `\\b(?:planning|plan|organi[sz]ing|organi[sz]e|prepar(?:e|ing)|working on)\\s+(?:(?:the|a|an|our|my|this)\\s+)?((?:[\\p{L}'’-]+\\s+){0,4}?(?:${noun.en})(?:\\s+(?:to|in|of|for)\\s+\\p{Lu}[\\p{L}-]+)?)\\b`,
    'iu',
  ),
  de: new RegExp(
    `(?<!\\p{L})((?:\\p{L}+s\\s+|\\p{Ll}+(?:en|er|es)\\s+)?(?:[\\p{L}-]*(?:${noun.de}))(?:\\s+(?:nach|in|von|für)\\s+\\p{Lu}[\\p{L}-]+)?)\\s+(?:\\p{L}+\\s+){0,3}?(?:planen|organisieren|vorbereiten|steht an)`,
    'iu',
  ),
};

function byWords(segments: readonly Segment[], language: Language): readonly Omit<Undertaking, 'key'>[] {
  return segments.flatMap(({ quote, paragraph }, at) => {
    const opens = segments.findIndex((other) => other.paragraph === paragraph) >= at - 1;
    const explicit = named[language].exec(quote);
    const name = explicit?.[1] ?? explicit?.[2] ?? explicit?.[3];
    if (name !== undefined) return [{ name: tidy(name), quote, sure: 0.95, heading: null, paragraph, opens }];
    const plan = planned[language].exec(quote)?.[1];
    return plan === undefined ? [] : [{ name: tidy(plan), quote, sure: 0.8, heading: null, paragraph, opens }];
  });
}

function tidy(name: string): string {
  return capitalized(oneLine(name).replace(/^(?:the|a|an|our|my|den|die|das|unseren?|meinen?|eine[nr]?)\s+/iu, ''));
}

/** Projects that the text brings up: by "project", as something planned, or as a heading over several tasks. */
export function readUndertakings(
  segments: readonly Segment[],
  { language, tasks }: { readonly language: Language; readonly tasks: readonly Segment[] },
): readonly Undertaking[] {
  const headings = [...new Set(segments.flatMap(({ heading }) => heading ?? []))].filter(
    (heading) => !noProject.test(heading) && !/^\(?\d+[.)]/u.test(heading),
  );
  const byHeading = headings.flatMap((heading) => {
    const own = tasks.filter((task) => task.heading === heading);
    const [first] = own;
    return own.length < 2 || first === undefined
      ? []
      : [{ name: tidy(heading), quote: first.quote, sure: 0.85, heading, paragraph: null, opens: false }];
  });
  const byWord = byWords(segments, language).filter(
    ({ paragraph, sure, quote, opens }) =>
      sure > 0.9 || (opens && tasks.filter((task) => task.paragraph === paragraph && task.quote !== quote).length >= 2),
  );
  const all = [...byHeading, ...byWord];
  return all
    .filter(
      ({ name }, at) =>
        all.findIndex((other) => contentWords(other.name).join(' ') === contentWords(name).join(' ')) === at,
    )
    .map((undertaking, at) => ({ ...undertaking, key: `n${at + 1}` }));
}

/** The undertaking that a thought belongs to; by its paragraph alone that is a guess. */
export function undertakingOf(
  segment: Segment,
  all: readonly Undertaking[],
): { readonly key: string; readonly guessed: boolean } | null {
  const under = all.find(({ heading }) => heading !== null && heading === segment.heading);
  if (under !== undefined) return { key: under.key, guessed: false };
  const words = new Set(contentWords(segment.quote));
  const byName = all.find(({ name }) => contentWords(name).every((word) => words.has(word)));
  if (byName !== undefined) return { key: byName.key, guessed: false };
  const near = all.find(({ paragraph, opens }) => opens && paragraph === segment.paragraph);
  return near === undefined ? null : { key: near.key, guessed: true };
}
