import { asList, asObject, asText } from '../../json-values.ts';
import type { Sections } from '../answerer.ts';
import type { DayTask } from './day.ts';

const weights = { overdue: 6, dueToday: 5, scheduledToday: 4, inProgress: 3, nextDays: 1, blocked: 0 } as const;
const priorities: Readonly<Record<string, number>> = { critical: 3, high: 2, medium: 1, low: 0 };
const leaveOut =
  /(?:\b(?:leave out|without|skip|ignore|drop|not|no|forget|ohne|weglassen|nicht|kein(?:e|en)?|lass)\b)\s+(?:the |die |den |das |der )?([\p{L}\d][\p{L}\d -]*)/giu;

function words(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\d]{4,}/gu) ?? []).map((word) => word.slice(0, 6));
}

/** What comments of rejected briefs and added context ask for. */
function remarks(sections: Sections): string {
  const comments = asList(sections['rejections']).map((each) => asText(asObject(each)['comment']));
  return [...comments, ...asList(sections['added_context']).map(asText)].join('. ');
}

/** How many actions there may be: five, or three once somebody asked for less. */
export function mostActions(sections: Sections): number {
  return /\b(?:short\w*|less|fewer|too (?:much|many|long)|kürzer|weniger|zu viel\w*|zu lang)\b/iu.test(
    remarks(sections),
  )
    ? 3
    : 5;
}

/** Tasks that nobody asked to leave out, with what was wished for first, then what is pressing and not waiting. */
export function rankTasks(sections: Sections, tasks: readonly DayTask[]): readonly DayTask[] {
  const wish = `${asText(sections['intent'])} ${remarks(sections)}`;
  const unwanted = new Set([...wish.matchAll(leaveOut)].flatMap((match) => words(match[1] ?? '')));
  const wanted = new Set(words(wish).filter((word) => !unwanted.has(word)));
  const hits = (task: DayTask, set: ReadonlySet<string>): number =>
    words(task.title).filter((word) => set.has(word)).length;
  const score = (task: DayTask): number =>
    4 * Math.min(2, hits(task, wanted)) +
    weights[task.group] +
    (priorities[task.priority] ?? 1) +
    Math.min(2, task.holdsUp.length);
  return tasks
    .filter((task) => task.waitsFor.length === 0 && hits(task, unwanted) === 0)
    .toSorted((left, right) => score(right) - score(left));
}
