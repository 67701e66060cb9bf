import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import { normalizedTitle } from '../../shared/words.ts';
import type { PhasePlan, Suggestions } from '../contract.ts';
import { readAssignments, readPhases, readProject, readSuggestions } from '../outputs.ts';
import type { Placeable, ProjectRead } from '../outputs.ts';

export type PlacedTask = { readonly task: Placeable; readonly reason: string };

/** A planned phase with all that goes into it; `existing` is the phase of the same name that is there. */
export type LaidPhase = {
  readonly key: string;
  readonly operationId: string;
  readonly phaseId: string;
  readonly plan: PhasePlan['phases'][number];
  readonly existing: ProjectRead['phases'][number] | null;
  readonly order: number;
  readonly tasks: readonly PlacedTask[];
  readonly suggested: Suggestions['tasks'];
};
export type Layout = {
  readonly phases: readonly LaidPhase[];
  /** Phases that the plan does not name. */
  readonly others: ProjectRead['phases'];
};

/** A suggestion that an earlier phase makes too is made once. */
function withoutRepeats(lists: readonly Suggestions['tasks'][]): readonly Suggestions['tasks'][] {
  const seen = new Set<string>();
  return lists.map((tasks) =>
    tasks.filter(({ title }) => {
      const name = normalizedTitle(title);
      if (seen.has(name)) return false;
      seen.add(name);
      return true;
    }),
  );
}

/** The plan with tasks and suggestions in their places. Pure: ids come from the tools. */
export function readLayout(facts: FactSheet, tools: DraftTools): Layout {
  const project = readProject(facts);
  const assigned = readAssignments(facts);
  const { phases } = readPhases(facts);
  const byName = new Map(project.phases.map((phase) => [normalizedTitle(phase.name), phase]));
  const kept = new Set(phases.map((phase) => byName.get(normalizedTitle(phase.name))?.id));
  const others = project.phases.filter((phase) => !kept.has(phase.id));
  // What stays keeps its place; the plan's phases come behind it.
  const staying = facts.options['replace'] === true ? others.filter((phase) => phase.staying > 0) : others;
  const offset = Math.max(0, ...staying.map((phase) => phase.order));
  const suggested = withoutRepeats(phases.map((phase) => readSuggestions(facts, phase.key)));
  return {
    others,
    phases: phases.map((plan, index) => {
      const existing = byName.get(normalizedTitle(plan.name)) ?? null;
      return {
        key: plan.key,
        operationId: `phase-${index + 1}`,
        phaseId: existing?.id ?? tools.newId(`phase/${plan.key}`),
        plan,
        existing,
        order: offset + index + 1,
        tasks: project.tasks.flatMap((task) => {
          const item = assigned.get(task.id);
          return item?.phase === plan.key ? [{ task, reason: item.reason }] : [];
        }),
        suggested: suggested[index] ?? [],
      };
    }),
  };
}
