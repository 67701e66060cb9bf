import { hours } from '../portfolio/figures.ts';
import { dayMs } from '../portfolio/frame.ts';
import type { WeekLoad } from '../portfolio/figures.ts';
import { priorities } from '../../../src/contract/operations/base.ts';
import type { Found } from './finding.ts';
import { titleOf } from './look.ts';
import type { Look } from './look.ts';

/** Whether all work due until the end of a week is more than all free time until then: no order of the work helps. */
function isImpossible(weeks: readonly WeekLoad[], week: WeekLoad): boolean {
  const until = weeks.slice(0, weeks.indexOf(week) + 1);
  const sum = (of: (each: WeekLoad) => number): number => until.reduce((all, each) => all + of(each), 0);
  return sum((each) => each.dueMinutes) > sum((each) => each.freeMinutes);
}

/** The Friday of the first later week with room for what is too much in this one; nothing where none has. */
function roomLater(weeks: readonly WeekLoad[], week: WeekLoad): { readonly roomUntil?: string } {
  const over = week.dueMinutes - week.freeMinutes;
  const roomy = weeks.slice(weeks.indexOf(week) + 1).find((each) => each.freeMinutes - each.dueMinutes >= over);
  if (roomy === undefined) return {};
  return { roomUntil: new Date(Date.parse(`${roomy.week}T00:00:00Z`) + 4 * dayMs).toISOString().slice(0, 10) };
}

/** Least urgent first: what gives way. */
function byUrgency(look: Look, ids: readonly string[]): readonly string[] {
  const rank = (id: string): number => priorities.indexOf(look.byId.get(id)?.priority ?? 'medium');
  return ids.toSorted((a, b) => rank(a) - rank(b));
}

/** Weeks in which more work is due than the calendar leaves time for. */
export function findOverload(look: Look): readonly Found[] {
  return look.weeks
    .filter((week) => week.dueMinutes > week.freeMinutes)
    .map((week) => {
      const impossible = isImpossible(look.weeks, week);
      const [due, free] = [hours(week.dueMinutes), hours(week.freeMinutes)];
      const taskIds = byUrgency(look, week.taskIds);
      const movable = taskIds
        .slice(0, 3)
        .map((id) => titleOf(look, id))
        .join(', ');
      return {
        kind: 'overload',
        severity: impossible ? 'high' : 'low',
        about: `In the week of ${week.week} ${due} h of work are due and ${free} h are free. Least urgent: ${movable}.`,
        taskIds,
        evidence: {
          week: week.week,
          hoursDue: due,
          hoursFree: free,
          hoursOver: hours(week.dueMinutes - week.freeMinutes),
          canBeDoneBefore: impossible ? 'no' : 'yes',
          ...roomLater(look.weeks, week),
        },
        remedies: ['reschedule', 'drop', 'split', 'reprioritize'],
      } satisfies Found;
    });
}
