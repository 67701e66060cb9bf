import type { FactSheet } from '../../../src/contract/facts.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { asJson } from '../../shared/json.ts';
import { situation } from '../../shared/situation.ts';
import { readProject } from '../outputs.ts';
import { strategyOf } from '../strategies.ts';

/** What every call is shown of the project. */
export function projectSections(facts: FactSheet): JsonObject {
  const { tasks, phases } = readProject(facts);
  return {
    ...situation(facts),
    strategy: strategyOf(facts),
    project: asJson(facts.project),
    notes: asJson(facts.notes),
    existing_phases: asJson(phases.map(({ name, order }) => ({ name, order }))),
    tasks: asJson(tasks),
  };
}
