import { invalidInput } from '../../../src/contract/errors.ts';
import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import { isList } from '../../../src/contract/json.ts';
import type { ProjectLoad } from '../../../src/contract/facts/task-facts.ts';
import type { NoParams } from '../../../src/contract/types/shapes.ts';
import type { ComputationContract } from '../../../src/schemas/workflow-contract.ts';
import type { DayView } from '../contract.ts';
import { itemsOf, sectionsOf } from '../outputs.ts';
import type { Collected, GroupName, Section } from '../outputs.ts';
import { dayEvents, freeTime } from './calendar.ts';
import { readDay } from './day.ts';
import type { Day } from './day.ts';
import { groupTasks, readTies } from './groups.ts';
import type { Grouped } from './groups.ts';

const notesShown = 3;

/** The projects that the input names, or all active ones. */
function wantedProjects({ input, workload }: FactSheet): readonly ProjectLoad[] {
  const projects = workload?.projects ?? [];
  const { projectIds } = input;
  if (!isList(projectIds)) return projects.filter((project) => project.status === 'active');
  // An id may be written in capitals.
  const wanted = projectIds.map((id) => (typeof id === 'string' ? id.toLowerCase() : ''));
  const problems = wanted.flatMap((id, index) =>
    projects.some((project) => project.id === id)
      ? []
      : [{ path: `input.projectIds.${index}`, message: `${id} is no open project of yours; leave it out` }],
  );
  if (problems.length > 0) throw invalidInput(problems);
  return projects.filter((project) => wanted.includes(project.id));
}

type Within = { readonly facts: FactSheet; readonly day: Day; readonly grouped: readonly Grouped[] };

function sectionOf(project: { readonly id: string | null; readonly name: string }, within: Within): Section {
  const { facts, day, grouped } = within;
  const { id, name } = project;
  const own = grouped.filter(({ task }) => task.projectId === id);
  const inGroup = (group: GroupName) => own.filter((each) => each.group === group).map((each) => each.item);
  const finished = facts.finishedTasks.filter(({ projectId, completedAt }) => {
    const ms = completedAt === null ? 0 : Date.parse(completedAt);
    return projectId === id && ms >= day.sinceMs && ms < day.toMs;
  });
  const notes = facts.recentNotes.filter(
    (note) =>
      note.projectId === id && Date.parse(note.updatedAt) >= day.sinceMs && Date.parse(note.updatedAt) < day.toMs,
  );
  const phases = new Set(own.map(({ task }) => task.phaseId));
  return {
    id,
    name,
    tasks: {
      overdue: inGroup('overdue'),
      dueToday: inGroup('dueToday'),
      scheduledToday: inGroup('scheduledToday'),
      inProgress: inGroup('inProgress'),
      nextDays: inGroup('nextDays'),
      blocked: inGroup('blocked'),
    },
    finished: finished.map((task) => task.title),
    notes: notes.slice(0, notesShown).map((note) => ({ title: note.title ?? '', excerpt: note.excerpt })),
    phases: (facts.workloadContext?.phases ?? []).filter((phase) => phases.has(phase.id)).map((phase) => phase.name),
  };
}

function pressure({ tasks }: Section): number {
  return 4 * (tasks.overdue.length + tasks.dueToday.length) + 2 * tasks.scheduledToday.length + tasks.inProgress.length;
}

function saysSomething(section: Section): boolean {
  return itemsOf(section).length > 0 || section.finished.length > 0;
}

function collectDay(facts: FactSheet, tools: DraftTools): Collected {
  const nowMs = Date.parse(facts.now);
  const date = facts.input['date'];
  const day = readDay(typeof date === 'string' ? date : null, nowMs, tools);
  const ties = readTies(facts, day);
  const within = { facts, day, grouped: groupTasks(facts.workload?.tasks ?? [], { day, ties, tools }) };
  const sections = wantedProjects(facts).map((project) => sectionOf(project, within));
  const loose =
    facts.input['projectIds'] === undefined ? sectionOf({ id: null, name: 'Without a project' }, within) : null;
  return {
    date: day.date,
    name: day.name,
    timeZone: facts.timeZone,
    isToday: day.isToday,
    projects: sections.filter(saysSomething).toSorted((left, right) => pressure(right) - pressure(left)),
    loose: loose !== null && saysSomething(loose) ? loose : null,
    quietProjects: sections.filter((section) => !saysSomething(section)).map((section) => section.name),
    events: dayEvents(facts, day, tools),
    free: freeTime(facts, { day, nowMs }, tools),
    cut: facts.workload?.cut === true || facts.calendarWindow?.cut === true,
  };
}

function viewOf(collected: Collected): DayView {
  const sections = sectionsOf(collected);
  const count = (of: (section: Section) => number): number => sections.reduce((sum, each) => sum + of(each), 0);
  return {
    day: {
      briefDate: collected.date,
      timeZone: collected.timeZone,
      tasks: count((section) => itemsOf(section).length),
      overdue: count((section) => section.tasks.overdue.length),
      dueToday: count((section) => section.tasks.dueToday.length),
      events: collected.events.length,
      freeMinutes: collected.free.minutes,
    },
    projects: collected.projects.flatMap((project) =>
      project.id === null ? [] : [{ key: project.id, chars: JSON.stringify(project).length }],
    ),
    quiet: sections.length === 0 && collected.events.length === 0,
  };
}

/** Everything the day holds, worked out from the records and the calendar in the person's zone. */
export const collect: ComputationContract<Collected, NoParams, DayView> = {
  facts: ['userContext', 'workload', 'workloadContext', 'finishedTasks', 'recentNotes', 'calendarWindow'],
  title: () => 'Collect what the day holds',
  compute: (facts, _params, tools) => collectDay(facts, tools),
  reasoning: (collected) => {
    const { day, projects } = viewOf(collected);
    return `${collected.name} (${day.timeZone}): ${day.tasks} tasks in ${projects.length} projects and beside them, ${day.overdue} of them overdue, ${day.dueToday} due; ${day.events} events; ${day.freeMinutes} minutes free.`;
  },
  view: viewOf,
};
