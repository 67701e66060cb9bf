import { contentWords, plain } from '../text/clean.ts';
import type { Language } from '../text/language.ts';
import { actionVerb } from '../text/verbs.ts';
import { readHints } from '../reading/hints.ts';
import type { Outline, OutlineTask } from '../outline/outline.ts';
import { labelNumber } from '../reading/sections.ts';
import type { PlannedTask } from '../facts.ts';

/** A task with what its order can be read from. */
export type OrderedTask = {
  readonly key: string;
  readonly title: string;
  /** Place in the whole plan and the phase's number, both from 0. */
  readonly place: number;
  readonly phase: number;
  readonly number: number | null;
  readonly after: readonly string[];
  readonly before: readonly string[];
  /** Title, description and steps, without marks. */
  readonly text: string;
  readonly steps: readonly string[];
  readonly verb: string | null;
  readonly words: readonly string[];
};

function fromOutline(task: PlannedTask, outline: Outline): OutlineTask | null {
  return outline.phases.flatMap((phase) => phase.tasks).find((other) => other.title === task.title) ?? null;
}

/** Joins the run's tasks with what the text says of them; tasks that another model worded are read from their own text. */
export function orderedTasks(
  tasks: readonly PlannedTask[],
  outline: Outline,
  language: Language,
): readonly OrderedTask[] {
  return tasks.map((task, place) => {
    const known = fromOutline(task, outline);
    const own = known === null ? [task.title, ...task.description.split('\n')].map(readHints) : [];
    return {
      key: task.key,
      title: task.title,
      place,
      phase: task.phase,
      number: known?.number ?? labelNumber(task.title),
      after: known?.after ?? own.flatMap((hints) => hints.after),
      before: known?.before ?? own.flatMap((hints) => hints.before),
      text: [task.title, task.description, ...task.steps].join('\n'),
      steps: task.steps,
      verb: actionVerb(plain(task.title), language),
      words: contentWords(task.title),
    };
  });
}
