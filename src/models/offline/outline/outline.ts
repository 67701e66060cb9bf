import type { Language } from '../text/language.ts';

/** Something to do as the text gives it, before dates and effort are read from it. */
export type Entry = {
  readonly text: string;
  readonly steps: readonly string[];
  readonly notes: readonly string[];
  /** Its number in an ordered list, or in a label such as "PR 3"; null when it has none. */
  readonly number: number | null;
  /** What the text says must come first, in its own words. */
  readonly after: readonly string[];
  /** What the text says must come later. */
  readonly before: readonly string[];
};

/** Entries under one name. `notes` are the group's own lines: its goal, effort, dates. */
export type Group = { readonly name: string; readonly notes: readonly string[]; readonly entries: readonly Entry[] };

export type EffortSource = 'written' | 'steps' | 'phase' | 'estimate';
export type OutlineTask = {
  readonly title: string;
  readonly description: string;
  readonly steps: readonly string[];
  readonly minutes: number;
  readonly effort: EffortSource;
  /** Why it takes that long, in one clause. */
  readonly effortReason: string;
  readonly deadline: string | null;
  readonly earliestStart: string | null;
  readonly number: number | null;
  readonly after: readonly string[];
  readonly before: readonly string[];
  readonly urgent: boolean;
  readonly optional: boolean;
  /** Everything the text says of it. */
  readonly text: string;
};
export type OutlinePhase = { readonly name: string; readonly goal: string; readonly tasks: readonly OutlineTask[] };
/** Where a plan was read from, strongest first; `template` means that the text named no task of its own. */
export type OutlineSource =
  'roadmap' | 'next_steps' | 'headings' | 'lists' | 'table' | 'sentences' | 'existing' | 'template';
export type Outline = {
  readonly language: Language;
  readonly title: string;
  readonly goal: string;
  readonly source: OutlineSource;
  /** The heading that the plan was read under, when there is one. */
  readonly heading: string | null;
  readonly phases: readonly OutlinePhase[];
  readonly startDate: string | null;
  readonly deadline: string | null;
  /** A deadline that the text gives and that is over, or null. */
  readonly pastDeadline: string | null;
  readonly hoursPerWeek: number | null;
  /** Name of the template used, or null. */
  readonly template: string | null;
  /** Finished parts that were left out, by name. */
  readonly finished: readonly string[];
  /** What a comment or added context changed, one line each. */
  readonly changes: readonly string[];
};

/** An entry with nothing but a text. */
export function entry(text: string, more: Partial<Entry> = {}): Entry {
  return { text, steps: [], notes: [], number: null, after: [], before: [], ...more };
}
