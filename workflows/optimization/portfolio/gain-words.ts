import type { Figures, LaterFigures } from '../contract.ts';
import type { DraftTools } from '../../../src/contract/facts.ts';

/** `3 Mar`: a day in the person's zone. */
export function formatDay(ms: number, tools: Pick<DraftTools, 'formatInstant'>): string {
  return tools.formatInstant(ms).replace(/ \d\d:\d\d$/u, '');
}

function line(name: string, before: number, after: number): string {
  return `${name}: ${before} → ${after}`;
}

/** What got better (or worse), figure by figure: `before → after`. */
export function gainLines(before: Figures, after: LaterFigures): readonly string[] {
  const old = after.latenessByOldDeadlines;
  const late = `${line('Lateness in hours', before.latenessHours, after.latenessHours)}${old === after.latenessHours ? '' : ` (${old} by the deadlines of before)`}`;
  return [
    late,
    line('Late tasks', before.lateTasks, after.lateTasks),
    line('Overloaded weeks', before.overloadedWeeks, after.overloadedWeeks),
    line('Open tasks (subtasks not counted)', before.openTasks, after.openTasks),
    line('Longest chain', before.longestChain, after.longestChain),
    line('Tasks without a place before the horizon', before.unplacedTasks, after.unplacedTasks),
  ];
}

/** `Week of 2 Mar: due 40 → 22 h, free 18 h` for the weeks in which something is or was due. */
export function weekLines(before: Figures, after: LaterFigures): readonly string[] {
  const later = new Map(after.weeks.map((week) => [week.week, week]));
  return before.weeks.flatMap((week) => {
    const then = later.get(week.week);
    const due = then?.due ?? week.due;
    if (week.due === 0 && due === 0) return [];
    const over = (hours: number): string => (hours > week.free ? ' (over)' : '');
    return [`Week of ${week.week}: due ${week.due}${over(week.due)} → ${due}${over(due)} h, free ${week.free} h`];
  });
}
