import { asName, capitalized, oneLine, plain } from '../../text/clean.ts';
import { effortOf, formatMinutes, withoutEffort } from '../../text/durations.ts';
import type { Language } from '../../text/language.ts';
import { actionVerb, verbEffort } from '../../text/verbs.ts';
import { craftOf, objectOf, stagesOf } from './craft.ts';
import type { Found } from './part.ts';

export type Large = {
  readonly title: string;
  readonly steps: readonly string[];
  readonly minutes: number;
  readonly maxMinutes: number;
  readonly language: Language;
};

const mostSittings = 10;
// Preparing and finishing grow with the work, but not beyond what one sitting takes.
const endShare = 0.15;

/** How a span is shared among steps of which the text says no more than their verbs. */
const weight = { quick: 1, medium: 2, large: 3 } as const;

const words = {
  en: {
    share: (title: string, total: string) => `its share of the ${total} of "${title}"`,
    said: (text: string) => `the text says ${text}`,
    stage: (total: string) => `a stage of the usual course of such work, out of ${total}`,
    count: (index: number, count: number) => ` (${index} of ${count})`,
    ready: 'Nothing is missing any more to begin with the work itself.',
    shareDone: (index: number, count: number) =>
      count === 1 ? 'The work itself is done.' : `${index} of ${count} equal shares of the work are done.`,
  },
  de: {
    share: (title: string, total: string) => `Anteil an ${total} von „${title}“`,
    said: (text: string) => `der Text nennt ${text}`,
    stage: (total: string) => `ein Abschnitt des üblichen Ablaufs solcher Arbeit, von ${total}`,
    count: (index: number, count: number) => ` (${index} von ${count})`,
    ready: 'Es fehlt nichts mehr, um mit der eigentlichen Arbeit anzufangen.',
    shareDone: (index: number, count: number) =>
      count === 1
        ? 'Die eigentliche Arbeit ist getan.'
        : `${index} von ${count} gleichen Teilen der Arbeit sind getan.`,
  },
} as const;

/** What the steps of the text say, as parts: written efforts stand, the rest is shared. */
function fromSteps(steps: readonly string[], large: Large): readonly Found[] {
  const say = words[large.language];
  const efforts = steps.map((step) => effortOf(step));
  const known = efforts.reduce((sum, effort) => sum + (effort?.minutes ?? 0), 0);
  const weights = steps.map((step) => weight[verbEffort(actionVerb(asName(step), large.language), large.language)]);
  const open = weights.reduce((sum, each, index) => sum + (efforts[index] === null ? each : 0), 0);
  const share = (index: number): number =>
    Math.max(10, ((large.minutes - known) * (weights[index] ?? 1)) / Math.max(1, open));
  return steps.map((step, index): Found => {
    const effort = efforts[index] ?? null;
    const title = capitalized(oneLine(withoutEffort(plain(step))).replace(/[.;:]+$/u, ''));
    return {
      title,
      steps: [],
      acceptance: null,
      minutes: effort?.minutes ?? share(index),
      sureness: effort === null ? 'phase' : 'written',
      reason:
        effort === null ? say.share(large.title, formatMinutes(large.minutes, large.language)) : say.said(effort.text),
    };
  });
}

/** "Clean and hand over the old place" → both of them; null when the title names one thing to do. */
function namedPieces(title: string, language: Language): readonly string[] | null {
  const pieces = plain(title)
    .split(language === 'de' ? /,\s+|\s+und\s+/u : /,\s+(?:and\s+)?|\s+and\s+/u)
    .map((piece) => piece.trim());
  if (pieces.length < 2 || pieces.some((piece) => actionVerb(piece, language) === null)) return null;
  const bare = (piece: string): boolean => !piece.includes(' ') || /^\S+ (?:up|out|over|down)$/iu.test(piece);
  const carrier = language === 'de' ? pieces.find((piece) => !bare(piece)) : pieces.findLast((piece) => !bare(piece));
  if (carrier === undefined) return pieces.map(capitalized);
  const object = objectOf(carrier, language);
  return pieces.map((piece) => {
    if (!bare(piece) || object === null) return capitalized(piece);
    return capitalized(language === 'de' ? `${object} ${piece}` : `${piece} ${object}`);
  });
}

/** The usual course of such work: preparing it, doing it in sittings of the size wanted, finishing it. */
function usualCourse(large: Large): readonly Found[] {
  const { title, minutes, maxMinutes, language } = large;
  const say = words[language];
  const names = stagesOf(title, language);
  const { steps, acceptance } = craftOf(title, language);
  const end = Math.min(maxMinutes, minutes * endShare);
  const rest = minutes - 2 * end;
  const sittings = Math.min(mostSittings, Math.max(1, Math.ceil(rest / maxMinutes)));
  const reason = say.stage(formatMinutes(minutes, language));
  const own = large.steps.some((step, index) => step !== steps[index]) ? large.steps : [];
  const perSitting = Math.ceil(own.length / sittings);
  // What the text says of the work is what its sittings are about.
  const stage = (
    name: string,
    at: { readonly index: number; readonly minutes: number; readonly done: string },
  ): Found => ({
    title: name,
    steps: steps.slice(at.index, at.index + 1),
    acceptance: at.done,
    minutes: at.minutes,
    sureness: 'phase',
    reason,
  });
  return [
    stage(names.first, { index: 0, minutes: end, done: say.ready }),
    ...Array.from({ length: sittings }, (_none, index) => {
      const name = sittings === 1 ? names.alone : `${names.sitting}${say.count(index + 1, sittings)}`;
      const made = stage(name, { index: 1, minutes: rest / sittings, done: say.shareDone(index + 1, sittings) });
      const said = own.slice(index * perSitting, (index + 1) * perSitting);
      return said.length === 0 ? made : { ...made, steps: said };
    }),
    stage(names.last, { index: 2, minutes: end, done: acceptance }),
  ];
}

/** Steps that are the text's own, each a thing to do: what merely describes the work splits nothing. */
function isOwn({ title, steps, language }: Large): boolean {
  const usual = craftOf(title, language).steps;
  return (
    steps.length >= 2 &&
    steps.some((step, index) => step !== usual[index]) &&
    steps.every((step) => actionVerb(asName(step), language) !== null)
  );
}

/** Splits work that is too long: into its own steps, into what its title names, else into its usual course. */
export function splitLarge(large: Large): readonly Found[] {
  if (isOwn(large)) {
    const parts = fromSteps(large.steps, large);
    // Few steps over many days say too little: each would be split into its course anyway.
    if (parts.every((part) => part.sureness === 'written' || part.minutes <= 2 * large.maxMinutes)) return parts;
  }
  const pieces = namedPieces(large.title, large.language);
  return pieces === null ? usualCourse(large) : fromSteps(pieces, large);
}
