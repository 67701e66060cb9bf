import { capitalized, contentWords, overlap } from '../text/clean.ts';
import type { Reference } from '../text/dates.ts';
import type { Language } from '../text/language.ts';
import { verbOfGerund } from '../text/verbs.ts';
import { makeTask } from './make-task.ts';
import { entry } from './outline.ts';
import type { OutlinePhase, OutlineTask } from './outline.ts';

/** "buying boxes" as the task "Buy boxes"; null when the phrase names no action. */
function taskFromGerund(fragment: string): string | null {
  const [first = '', ...rest] = fragment.trim().split(/\s+/u);
  const verb = verbOfGerund(first);
  return verb === null || rest.length === 0 || rest.length > 8 ? null : capitalized([verb, ...rest].join(' '));
}

/** Says whether `title` is what `fragment` speaks of. */
export function speaksOf(fragment: string, title: string): number {
  const [first = '', ...rest] = fragment.trim().split(/\s+/u);
  const verb = verbOfGerund(first);
  const wanted = contentWords([verb ?? first, ...rest].join(' '));
  const has = contentWords(title);
  // German compounds: "Übergabe" is meant by "Schlüsselübergabe".
  const widened = has.map(
    (word) => wanted.find((part) => part.length >= 5 && word !== part && word.endsWith(part)) ?? word,
  );
  return overlap(wanted, widened);
}

/** Adds what the text demands first and lists nowhere: "pack boxes after buying boxes" needs boxes bought. */
export function withPrerequisites(
  phases: readonly OutlinePhase[],
  setting: { readonly language: Language; readonly reference: Reference },
): readonly OutlinePhase[] {
  const known: string[] = phases.flatMap((phase) => phase.tasks.map((task) => task.title));
  return phases.map((phase) => ({
    ...phase,
    tasks: phase.tasks.flatMap((task): readonly OutlineTask[] => {
      const missing = task.after.flatMap((fragment) => {
        const title = taskFromGerund(fragment);
        if (
          title === null ||
          known.some(
            (other) =>
              speaksOf(fragment, other) >= 0.99 &&
              contentWords(other).length >= contentWords(title).length &&
              other !== task.title,
          )
        )
          return [];
        if (known.some((other) => overlap(contentWords(title), contentWords(other)) >= 0.99 && other !== task.title))
          return [];
        known.push(title);
        return [makeTask(entry(title), { ...setting, shareMinutes: null, phaseStart: null, phaseDeadline: null })];
      });
      return [...missing, task];
    }),
  }));
}
