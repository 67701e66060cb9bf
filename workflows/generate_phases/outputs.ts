import { z } from 'zod';
import type { FactSheet } from '../../src/contract/facts.ts';
import { priority } from '../../src/schemas/common-fields.ts';
import { assignment, phasePlan, suggestions } from './contract.ts';
import type { Assignment, PhasePlan, Suggestions } from './contract.ts';

/** An open task of the project that is placed by itself; its subtasks go with it. */
const placeable = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  status: z.string(),
  priority,
  minutes: z.number().nullable(),
  startDate: z.string().nullable(),
  deadline: z.string().nullable(),
  phaseId: z.string().nullable(),
});
export const projectRead = z.object({
  projectId: z.string(),
  name: z.string(),
  tasks: z.array(placeable),
  /** Titles of work that is done, or part of a task: nothing of it is missing. */
  covered: z.array(z.string()).default([]),
  /** There is more open work than one look takes in. */
  cut: z.boolean().default(false),
  phases: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      order: z.number(),
      /** Tasks in it that are never moved: closed ones, and subtasks. */
      staying: z.number(),
    }),
  ),
});

export type Placeable = z.infer<typeof placeable>;
export type ProjectRead = z.infer<typeof projectRead>;

/** Finished steps of this run, read back through their own schemas. */
export function readProject(facts: FactSheet): ProjectRead {
  return projectRead.parse(facts.outputs['read']);
}

export function readPhases(facts: FactSheet): PhasePlan {
  return phasePlan.parse(facts.outputs['phases']);
}

/** Where each task goes, by its id. Answers about phases of an earlier plan are left out. */
export function readAssignments(facts: FactSheet): ReadonlyMap<string, Assignment['items'][number]> {
  const keys = new Set(readPhases(facts).phases.map((phase) => phase.key));
  const batches = Object.entries(facts.outputs).filter(([name]) => name.startsWith('assign/'));
  const items = batches.flatMap(([, output]) => assignment.parse(output).items);
  return new Map(items.filter((item) => keys.has(item.phase)).map((item) => [item.key, item]));
}

export function readSuggestions(facts: FactSheet, phase: string): Suggestions['tasks'] {
  const output = facts.outputs[`suggest/${phase}`];
  return output === undefined ? [] : suggestions.parse(output).tasks;
}
