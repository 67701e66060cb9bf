import type { FinishedTaskFacts } from '../../../src/contract/facts/task-facts.ts';
import { likeness, meaningfulWords } from '../../shared/words.ts';
import { formatMinutes } from '../../shared/format-minutes.ts';
import { calibrationFactor } from '../durations.ts';
import type { Sample } from '../durations.ts';

export type FinishedWork = Sample & { readonly title: string };
export type Calibration = { readonly factor: number; readonly reason: string | null };

const alike = 0.3;
// Work of any kind says a little about how somebody estimates.
const anyWork = 0.05;
const shown = 3;
const negligible = 0.05;

/** Finished tasks of which both the plan and the time spent are known. */
export function finishedWork(tasks: readonly FinishedTaskFacts[]): readonly Omit<FinishedWork, 'likeness'>[] {
  return tasks.flatMap(({ title, plannedMinutes, spentMinutes }) =>
    plannedMinutes === null || spentMinutes === null || plannedMinutes <= 0 || spentMinutes <= 0
      ? []
      : [{ title, planned: plannedMinutes, spent: spentMinutes }],
  );
}

/** The same with how much each is like `text`, most alike first. */
export function rankedHistory(
  finished: readonly Omit<FinishedWork, 'likeness'>[],
  text: string,
): readonly FinishedWork[] {
  const words = meaningfulWords(text);
  return finished
    .map((each) => ({ ...each, likeness: likeness(meaningfulWords(each.title), words) }))
    .toSorted((left, right) => right.likeness - left.likeness);
}

function percent(factor: number): string {
  const change = Math.round((factor - 1) * 100);
  return change === 0 ? 'as planned' : `${Math.abs(change)} % ${change > 0 ? 'longer' : 'shorter'} than planned`;
}

/** What finished tasks say about work called `title`: similar ones, else all of them, carefully. */
export function calibrate(finished: readonly Omit<FinishedWork, 'likeness'>[], title: string): Calibration {
  const ranked = rankedHistory(finished, title);
  const similar = ranked.filter((each) => each.likeness >= alike);
  if (similar.length > 0) {
    const factor = calibrationFactor(similar);
    const named = similar
      .slice(0, shown)
      .map(
        (each) =>
          `"${each.title}" was planned with ${formatMinutes(each.planned)} and took ${formatMinutes(each.spent)}`,
      );
    return { factor, reason: `${named.join('; ')}: taken as ${percent(factor)}.` };
  }
  if (finished.length === 0) return { factor: 1, reason: null };
  const factor = calibrationFactor(finished.map((each) => ({ ...each, likeness: anyWork })));
  if (Math.abs(factor - 1) < negligible) return { factor: 1, reason: null };
  const count = `${finished.length} finished ${finished.length === 1 ? 'task' : 'tasks'}`;
  return { factor, reason: `Nothing finished is like it; by your ${count} it is taken as ${percent(factor)}.` };
}
