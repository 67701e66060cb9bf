import { contentWords, overlap } from '../text/clean.ts';
import { previousEntry } from '../reading/hints.ts';
import { speaksOf } from '../outline/prerequisites.ts';
import type { Language } from '../text/language.ts';
import type { Edge } from './graph.ts';
import type { OrderedTask } from './ordered-task.ts';
import { reasons } from './reasons.ts';

/** Fewer of a hint's words in a title than this share, and the hint speaks of something else. */
const clearEnough = 0.6;
const reference =
  /\b(?:pr|task|step|ticket|story|issue|item|aufgabe|schritt|nr\.?)\s*#?\s*(\d{1,3})\b|#(\d{1,3})\b|^(\d{1,3})$/giu;

function byNumber(fragment: string, tasks: readonly OrderedTask[]): readonly OrderedTask[] {
  return [...fragment.matchAll(reference)].flatMap((match) => {
    const number = Number(match[1] ?? match[2] ?? match[3]);
    const found = tasks.find((task) => task.number === number);
    return found === undefined ? [] : [found];
  });
}

function bySense(fragment: string, task: OrderedTask, tasks: readonly OrderedTask[]): OrderedTask | null {
  const scored = tasks
    .filter((other) => other.key !== task.key)
    .map((other) => ({
      other,
      score: speaksOf(fragment, other.title),
      shared: overlap(contentWords(fragment), other.words),
    }))
    .filter(({ score }) => score >= clearEnough)
    .toSorted(
      (left, right) =>
        right.score - left.score ||
        right.shared - left.shared ||
        left.other.words.length - right.other.words.length ||
        left.other.place - right.other.place,
    );
  return scored[0]?.other ?? null;
}

function meant(fragment: string, task: OrderedTask, tasks: readonly OrderedTask[]): readonly OrderedTask[] {
  if (fragment === previousEntry) {
    const previous = tasks[task.place - 1];
    return previous !== undefined && previous.phase === task.phase ? [previous] : [];
  }
  const numbered = byNumber(fragment, tasks).filter((other) => other.key !== task.key);
  if (numbered.length > 0) return numbered;
  const found = bySense(fragment, task, tasks);
  return found === null ? [] : [found];
}

/** Order that the text states in words: "after", "before", "depends on", "then", by name or by number. */
export function statedEdges(tasks: readonly OrderedTask[], language: Language): readonly Edge[] {
  const why = reasons[language];
  return tasks.flatMap((task): readonly Edge[] => {
    const after = task.after.flatMap((fragment) =>
      meant(fragment, task, tasks).map((other): Edge => ({
        task: task.key,
        dependsOn: other.key,
        kind: 'hard',
        reason: fragment === previousEntry ? why.statedThen(other.title) : why.statedAfter(fragment),
      })),
    );
    const before = task.before.flatMap((fragment) =>
      meant(fragment, task, tasks).map((other): Edge => ({
        task: other.key,
        dependsOn: task.key,
        kind: 'hard',
        reason: why.statedBefore(task.title, fragment),
      })),
    );
    return [...after, ...before];
  });
}
