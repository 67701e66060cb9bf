import { z } from 'zod';
import type { FactSheet } from '../../src/contract/facts.ts';
import { priority } from '../../src/schemas/common-fields.ts';
import { analysis, projectBriefs } from './contract.ts';
import type { Analysis, ProjectBriefs } from './contract.ts';

export const groupNames = ['overdue', 'dueToday', 'scheduledToday', 'inProgress', 'nextDays', 'blocked'] as const;
export type GroupName = (typeof groupNames)[number];

const item = z.object({
  id: z.string(),
  title: z.string(),
  priority,
  minutes: z.number().nullable(),
  /** Since when, at what time, by which day. */
  when: z.string().nullable(),
  /** Titles of what must be finished first. */
  waitsFor: z.array(z.string()),
  /** Titles of open tasks that wait for this one. */
  holdsUp: z.array(z.string()),
});

const section = z.object({
  id: z.string().nullable(),
  name: z.string(),
  tasks: z.object({
    overdue: z.array(item),
    dueToday: z.array(item),
    scheduledToday: z.array(item),
    inProgress: z.array(item),
    nextDays: z.array(item),
    blocked: z.array(item),
  }),
  finished: z.array(z.string()),
  notes: z.array(z.object({ title: z.string(), excerpt: z.string() })),
  phases: z.array(z.string()),
});

const event = z.object({
  title: z.string(),
  /** `09:00–10:00`, `all day`, `until 12:00`. */
  time: z.string(),
  location: z.string().nullable(),
  minutes: z.number(),
  allDay: z.boolean(),
});

/** Everything the brief is made of, worked out by code. */
export const collected = z.object({
  date: z.string(),
  name: z.string(),
  timeZone: z.string(),
  isToday: z.boolean(),
  projects: z.array(section),
  /** Tasks without a project. */
  loose: section.nullable(),
  /** Names of projects with nothing to say. */
  quietProjects: z.array(z.string()),
  events: z.array(event),
  free: z.object({ minutes: z.number(), windows: z.array(z.string()) }),
  cut: z.boolean(),
});

export const consolidated = z.object({ title: z.string(), lead: z.string(), body: z.string() });
export const brief = z.object({ markdown: z.string(), highlights: z.array(z.string()) });

export type Item = z.infer<typeof item>;
export type Section = z.infer<typeof section>;
export type DayEvent = z.infer<typeof event>;
export type Collected = z.infer<typeof collected>;
export type Consolidated = z.infer<typeof consolidated>;
export type Brief = z.infer<typeof brief>;

/** Finished steps of this run, read back through their own schemas. */
export function readCollected(facts: FactSheet): Collected {
  return collected.parse(facts.outputs['collect']);
}

export function readConsolidated(facts: FactSheet): Consolidated {
  return consolidated.parse(facts.outputs['consolidate']);
}

export function readBrief(facts: FactSheet): Brief {
  return brief.parse(facts.outputs['brief']);
}

/** Nothing was asked on a quiet day. */
export function readAnalysis(facts: FactSheet): Analysis {
  const output = facts.outputs['analyze'];
  return output === undefined ? { insights: [], priorityActions: [] } : analysis.parse(output);
}

/** What the model wrote of each project, by the project's id. */
export function readProjectBriefs(facts: FactSheet): ReadonlyMap<string, ProjectBriefs['items'][number]> {
  const batches = Object.entries(facts.outputs).filter(([name]) => name.startsWith('projectBriefs/'));
  return new Map(
    batches.flatMap(([, output]) => projectBriefs.parse(output).items.map((each) => [each.key, each] as const)),
  );
}

/** Every open task that a section names, most pressing first. */
export function itemsOf({ tasks }: Section): readonly Item[] {
  return groupNames.flatMap((name) => tasks[name]);
}

export function sectionsOf({ projects, loose }: Collected): readonly Section[] {
  return loose === null ? projects : [...projects, loose];
}
