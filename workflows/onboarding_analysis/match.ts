import { z } from 'zod';
import type { FactSheet } from '../../src/contract/facts.ts';
import { personColumns } from '../../src/contract/facts/person.ts';
import { priority } from '../../src/schemas/common-fields.ts';
import type { ComputationContract } from '../../src/schemas/workflow-contract.ts';
import { count } from '../shared/count.ts';
import { normalizedTitle } from '../shared/words.ts';
import { profile, work } from './contract.ts';
import { cut } from '../shared/cut.ts';
import type { MatchView, OnboardingAnalysis, Profile, Work } from './contract.ts';

export function readProfileOutput(facts: FactSheet): Profile {
  return profile.parse(facts.outputs['profile']);
}

export function readWorkOutput(facts: FactSheet): Work {
  return work.parse(facts.outputs['work']);
}

const matched = z.object({
  fields: z.array(z.object({ field: z.enum(personColumns), text: z.string(), quote: z.string() })),
  /** `existingId` where an open project has the same name. */
  projects: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      description: z.string(),
      quote: z.string(),
      existingId: z.string().nullable(),
    }),
  ),
  /** New ones only. */
  tasks: z.array(
    z.object({
      project: z.string().nullable(),
      title: z.string(),
      minutes: z.number().nullable(),
      priority,
      quote: z.string(),
    }),
  ),
  /** Titles of tasks that are there already. */
  known: z.array(z.string()),
  timeZone: z.object({ name: z.string(), quote: z.string() }).nullable(),
  changes: z.number(),
});
export type Matched = z.infer<typeof matched>;

export function readMatched(facts: FactSheet): Matched {
  return matched.parse(facts.outputs['match']);
}

/** What is new of the fields; what is there already is kept in front of it. */
function newFields(facts: FactSheet): Matched['fields'] {
  const known = facts.userContext?.fields ?? {};
  return readProfileOutput(facts).fields.flatMap(({ field, text, quote }) => {
    const before = known[field] ?? '';
    if (normalizedTitle(before).includes(normalizedTitle(text))) return [];
    return [{ field, quote, text: before === '' ? text : `${before}\n${text}` }];
  });
}

function matchWork(facts: FactSheet): Matched {
  const said = readWorkOutput(facts);
  const { timeZone, workingHours } = readProfileOutput(facts);
  const open = facts.workload?.projects ?? [];
  const named = new Map(open.map((project) => [normalizedTitle(project.name), project.id]));
  const once = new Map(said.projects.toReversed().map((project) => [normalizedTitle(project.name), project.key]));
  const keyOf = new Map(said.projects.map(({ key, name }) => [key, once.get(normalizedTitle(name)) ?? key]));
  const projects = said.projects
    .filter(({ key }) => keyOf.get(key) === key)
    .map((project) => ({ ...project, existingId: named.get(normalizedTitle(project.name)) ?? null }));
  const titles = new Set((facts.workload?.tasks ?? []).map((task) => normalizedTitle(task.title)));
  const tasks: Matched['tasks'] = [];
  const known: string[] = [];
  for (const task of said.tasks) {
    const title = normalizedTitle(task.title);
    if (titles.has(title)) known.push(task.title);
    else tasks.push({ ...task, project: task.project === null ? null : (keyOf.get(task.project) ?? null) });
    titles.add(title);
  }
  const fields = newFields(facts);
  const zone = timeZone === null || timeZone.name === facts.timeZone ? null : timeZone;
  const created = projects.filter((project) => project.existingId === null).length;
  const changes = fields.length + created + tasks.length + (zone === null ? 0 : 1) + (workingHours === null ? 0 : 1);
  return { fields, projects, tasks, known, timeZone: zone, changes };
}

function highlightsOf({ fields, projects, tasks, known, changes }: Matched): readonly string[] {
  if (changes === 0) return ['Nothing new was said: tell what you do, want and have to do, in a few sentences.'];
  const there = projects.flatMap(({ name, existingId }) =>
    existingId === null ? [] : [`"${name}" is there already.`],
  );
  return [
    `${count(fields.length, 'thing')} about you, ${count(projects.length, 'project')}, ${count(tasks.length, 'task')}.`,
    ...there,
    ...known.map((title) => `The task "${title}" is there already.`),
  ];
}

function viewOf(found: Matched): MatchView {
  const { fields, projects, tasks, changes } = found;
  const highlights = highlightsOf(found)
    .slice(0, 10)
    .map((each) => cut(each, 300));
  return { fields: fields.length, projects: projects.length, tasks: tasks.length, changes, highlights };
}

type Spec = OnboardingAnalysis['computations']['match'];

/** What of it is new, and which projects and tasks are there already. */
export const match: ComputationContract<Matched, Spec['params'], Spec['view']> = {
  facts: ['userContext', 'workload'],
  title: () => 'Match with what is there',
  compute: (facts) => matchWork(facts),
  reasoning: (found) => highlightsOf(found).join('\n'),
  view: viewOf,
};
