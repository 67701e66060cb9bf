import { Temporal } from 'temporal-polyfill';
import { contentWords, overlap } from '../text/clean.ts';
import type { Outline, OutlineTask } from './outline.ts';

const amounts: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  six: 6,
  ein: 1,
  eine: 1,
  einen: 1,
  zwei: 2,
  drei: 3,
  vier: 4,
  sechs: 6,
};
const leadTime =
  /\b(\d{1,2}|an?|one|two|three|four|six|eine?n?|zwei|drei|vier|sechs)\s+(days?|weeks?|months?|tage?|wochen?|monate?)\s+(?:before|vor)\s+(?:(?:the|our|my|dem|der|den)\s+)?(\p{L}+)/iu;

function daysBefore(text: string): { readonly days: number; readonly event: string } | null {
  const match = leadTime.exec(text);
  if (match === null) return null;
  const [, amount = '', unit = '', event = ''] = match;
  const count = amounts[amount.toLowerCase()] ?? Number(amount);
  const perUnit = /^(?:week|woche)/iu.test(unit) ? 7 : /^mon/iu.test(unit) ? 30 : 1;
  return { days: count * perUnit, event };
}

/** "Two weeks before the party" is a date once the party's is known: the plan's deadline, unless another task is meant. */
export function withLeadTimes(outline: Outline): Outline {
  const { deadline } = outline;
  if (deadline === null) return outline;
  const tasks = outline.phases.flatMap((phase) => phase.tasks);
  const dated = (task: OutlineTask): OutlineTask => {
    const lead = task.deadline === null ? daysBefore(task.text) : null;
    if (lead === null) return task;
    const event = contentWords(lead.event);
    if (tasks.some((other) => other !== task && overlap(event, contentWords(other.title)) === 1)) return task;
    const due = Temporal.PlainDate.from(deadline).subtract({ days: lead.days }).toString();
    return {
      ...task,
      deadline: due,
      earliestStart: task.earliestStart !== null && task.earliestStart > due ? null : task.earliestStart,
    };
  };
  return { ...outline, phases: outline.phases.map((phase) => ({ ...phase, tasks: phase.tasks.map(dated) })) };
}
