import type { Problem } from '../../../src/contract/errors.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import { batchProblems } from '../../../src/schemas/batch-answer.ts';
import { asJson } from '../../shared/json.ts';
import { situation } from '../../shared/situation.ts';
import { meetingTasks } from '../contract.ts';
import type { MeetingTask, MeetingTasks } from '../contract.ts';
import { readPatterns, readSuggestions } from '../outputs.ts';
import { knownProjects, knownTasks } from './shared.ts';
import type { Call } from './shared.ts';

type Known = {
  readonly tasks: ReadonlySet<string>;
  readonly projects: ReadonlySet<string>;
  readonly linked: ReadonlyMap<string, readonly string[]>;
};

function knownOf(facts: FactSheet): Known {
  return {
    tasks: new Set(knownTasks(facts).map(({ id }) => id)),
    projects: new Set([
      ...knownProjects(facts).map(({ id }) => id),
      ...readSuggestions(facts).projects.map(({ key }) => key),
    ]),
    linked: new Map(readPatterns(facts).meetings.map(({ key, linked }) => [key, linked])),
  };
}

function problemsOf(task: MeetingTask, { known, key }: { readonly known: Known; readonly key: string }): string[] {
  const { existingTaskId, project, role } = task;
  return [
    ...(existingTaskId === null || known.tasks.has(existingTaskId)
      ? []
      : [`existingTaskId "${existingTaskId}" is no task; use null or an id of "existing_tasks"`]),
    ...(project === null || known.projects.has(project)
      ? []
      : [`project "${project}" is none; use null, a key of "output.suggest" or an id of "projects"`]),
    ...((known.linked.get(key) ?? []).includes(role) ? [`there is a task for ${role} already: leave it out`] : []),
  ];
}

function check(output: MeetingTasks, facts: FactSheet, asked: readonly string[]): readonly Problem[] {
  const known = knownOf(facts);
  const references = output.items.flatMap(({ key, tasks }, item) =>
    tasks.flatMap((task, index) =>
      problemsOf(task, { known, key }).map((message) => ({ path: `items.${item}.tasks.${index}`, message })),
    ),
  );
  return [...batchProblems(asked, output.items), ...references];
}

export const tasksOfMeetings: Call<'meeting_tasks', MeetingTasks> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 6_000,
  temperature: 0,
  output: meetingTasks,
  facts: ['userContext', 'project', 'workload'],
  title: ({ items }) => `Find tasks for ${items.length} ${items.length === 1 ? 'meeting' : 'meetings'}`,
  prompt: (facts, { items }) => {
    const wanted = new Set(items);
    const { meetings } = readPatterns(facts);
    return {
      instructions: [
        'You say for each of "meetings" what has to be done before it (preparation) and after it (follow_up). Answer every meeting by its key; with an empty list of tasks where none is called for.',
        'Only where title or description warrant it: reviews, presentations, interviews, kick-offs, one-to-ones, workshops, decisions. Never for lunch, breaks, travel, holidays, sports or open hours. No more than one preparation and one follow-up each, as a rule.',
        'Roles listed in a meeting\'s "linked" have a task already: leave them out. When one of "existing_tasks" is the same work, give its id in existingTaskId.',
        'Titles begin with a verb and name the meeting. "project" is the key of a suggestion (p1), the id of one of "projects", or null. Obey "rejections". Write in the language of the meeting.',
      ].join('\n'),
      sections: {
        ...situation(facts),
        meetings: asJson(meetings.filter(({ key }) => wanted.has(key))),
        projects: asJson(knownProjects(facts)),
        existing_tasks: asJson(knownTasks(facts)),
        'output.suggest': facts.outputs['suggest'] ?? null,
      },
    };
  },
  check: (output, facts, { items }) => check(output, facts, items),
  reasoning: (output) =>
    output.items.flatMap(({ key, tasks }) => tasks.map((task) => `${key} ${task.title}: ${task.reason}`)).join('\n'),
  view: (output) => ({ items: output.items.map(({ key, tasks }) => ({ key, tasks: tasks.length })) }),
};
