import { z } from 'zod';
import type { FactSheet } from '../../src/contract/facts.ts';
import { priorities } from '../../src/contract/proposal.ts';
import { defaults, ordering, split } from './contract.ts';
import type { Ordering, Split } from './contract.ts';

const range = z.object({ low: z.number(), likely: z.number(), high: z.number() });

const targetTask = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  details: z.string().nullable(),
  steps: z.string().nullable(),
  priority: z.enum(priorities),
  durationMinutes: z.number().nullable(),
  deadline: z.string().nullable(),
  projectId: z.string().nullable(),
  phaseId: z.string().nullable(),
});

const subtask = z.object({
  id: z.string(),
  parentTaskId: z.string().nullable(),
  title: z.string(),
  description: z.string().nullable(),
  steps: z.string().nullable(),
  durationMinutes: z.number().nullable(),
  hasSubtasks: z.boolean(),
});

const finished = z.object({
  title: z.string(),
  planned: z.number(),
  spent: z.number(),
  likeness: z.number(),
});

/** What the computation `target` keeps. `task` is null for a task that is only a text so far. */
const target = z.object({
  state: z.enum(['ready', 'ask', 'small', 'nothing']),
  why: z.string(),
  task: targetTask.nullable(),
  candidates: z.array(z.object({ label: z.string(), taskId: z.string(), why: z.string() })),
  subtasks: z.array(subtask),
  finishedSubtasks: z.array(z.string()),
  history: z.array(finished),
});

const part = z.object({
  key: z.string(),
  /** Its number among the subtasks: `3`, or `3.2` when it came out of a part that was split again. */
  label: z.string(),
  title: z.string(),
  within: z.string().nullable(),
  steps: z.array(z.string()),
  acceptance: z.string(),
  minutes: range,
  reason: z.string(),
  taskId: z.string().nullable(),
  /** Key of the existing subtask that it goes under; null: under the task itself. */
  under: z.string().nullable(),
});

/** What the computation `parts` keeps: leaves, existing subtasks that got subtasks of their own, and what came of the rest. */
const parts = z.object({
  title: z.string(),
  summary: z.string(),
  leaves: z.array(part),
  parents: z.array(z.object({ key: z.string(), taskId: z.string(), title: z.string(), minutes: range })),
  total: range,
  oversized: z.array(z.string()),
  leftLarge: z.array(z.string()),
  done: z.array(z.string()),
  kept: z.array(z.object({ id: z.string(), title: z.string(), durationMinutes: z.number().nullable() })),
  nothing: z.string().nullable(),
});

export type Target = z.infer<typeof target>;
export type TargetTask = z.infer<typeof targetTask>;
export type Subtask = z.infer<typeof subtask>;
export type Part = z.infer<typeof part>;
export type Parts = z.infer<typeof parts>;

/** Finished steps of this run, read back through their own schemas; an older contract's outputs fail loudly here. */
export function readTarget(facts: FactSheet): Target {
  return target.parse(facts.outputs['target']);
}

/** The parts of the task (`''`), or of a part that was split again; null when that was not asked or not answered. */
export function readSplit(facts: FactSheet, key: string): Split | null {
  const output = facts.outputs[key === '' ? 'split' : `split/${key}`];
  return output === undefined ? null : split.parse(output);
}

export function readParts(facts: FactSheet): Parts {
  return parts.parse(facts.outputs['parts']);
}

/** The order of the present leaves; what an earlier revision said of others is left out. */
export function readOrder(facts: FactSheet): Ordering['dependencies'] {
  const output = facts.outputs['order'];
  if (output === undefined) return [];
  const known = new Set(readParts(facts).leaves.map(({ key }) => key));
  return ordering.parse(output).dependencies.filter((each) => known.has(each.task) && known.has(each.dependsOn));
}

export type Limits = {
  readonly maxMinutes: number;
  readonly minMinutes: number;
  readonly maxRounds: number;
  readonly horizonDays: number;
};

/** The run's limits, with what stands for those that were left out. */
export function readLimits(facts: FactSheet): Limits {
  const number = (name: keyof Limits): number => {
    const value = facts.options[name];
    return typeof value === 'number' ? value : defaults[name];
  };
  return {
    maxMinutes: number('maxMinutes'),
    minMinutes: number('minMinutes'),
    maxRounds: number('maxRounds'),
    horizonDays: number('horizonDays'),
  };
}
