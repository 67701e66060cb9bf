import type { Proposal, Run } from '../../kernel/types.ts';
import type { CalendarAnalysis } from '../contract.ts';

type Items = CalendarAnalysis['computations']['patterns']['view']['meetings'];

/** What there is to propose: projects, tasks, changes of the calendar. */
export type Suggested = CalendarAnalysis['result']['suggested'];
export type Decided = { readonly proposal: Proposal | null; readonly suggested: Suggested };

const defaultRevisions = 3;
// A meeting's answer may be two tasks with their steps: a dozen of them fit into one answer.
const perBatch = { params: {}, maxItems: 12 };

async function suggest(run: Run<CalendarAnalysis>, meetings: Items, changes: number): Promise<Suggested> {
  run.phase('suggest');
  const { newProjects, leftOut } = await run.model('suggest', {});
  const tasks = await run.batched('meeting_tasks', meetings, perBatch);
  return {
    projects: newProjects,
    tasks: tasks.reduce((sum, each) => sum + each.tasks, 0),
    calendarChanges: changes - leftOut,
  };
}

/** Suggests and proposes until the person decides, or until there is nothing (more) to propose. */
export async function proposeSuggestions(run: Run<CalendarAnalysis>, meetings: Items): Promise<Decided> {
  const { changes } = await run.compute('arrange', {});
  const most = run.options.maxRevisions ?? defaultRevisions;
  let last: Proposal | null = null;
  for (let revision = 0; ; revision += 1) {
    const suggested = await suggest(run, meetings, changes);
    if (suggested.projects + suggested.tasks + suggested.calendarChanges === 0) return { proposal: last, suggested };
    run.phase('review');
    last = await run.propose('suggestions', {});
    if (last.decision.kind === 'approve' || revision >= most) return { proposal: last, suggested };
    run.log(`Rejected: ${last.decision.comment ?? 'no reason given'}.`);
  }
}
