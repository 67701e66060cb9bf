import type { FactSheet } from '../../src/contract/facts.ts';
import { analysis, ordering, phaseTasks, plan } from './contract.ts';
import type { Analysis, Ordering, Plan, PlannedTask } from './contract.ts';

/** Finished calls of this run, read back through their own schemas; an older contract's answers fail loudly here. */
export function readAnalysis(facts: FactSheet): Analysis {
  return analysis.parse(facts.outputs['analyze']);
}

export function readPlan(facts: FactSheet): Plan {
  return plan.parse(facts.outputs['plan']);
}

export type PhaseOfTasks = { readonly key: string; readonly name: string; readonly tasks: readonly PlannedTask[] };

/** Tasks by phase, in the latest plan's order: answers for phases of an earlier plan are left out. */
export function readTasks(facts: FactSheet): readonly PhaseOfTasks[] {
  return readPlan(facts).phases.map(({ key, name }) => {
    const output = facts.outputs[`tasks/${key}`];
    return { key, name, tasks: output === undefined ? [] : phaseTasks.parse(output).tasks };
  });
}

export function readOrdering(facts: FactSheet): Ordering {
  return ordering.parse(facts.outputs['dependencies']);
}
