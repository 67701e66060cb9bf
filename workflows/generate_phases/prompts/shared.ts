import type { FactSheet } from '../../../src/contract/facts.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import { cut } from '../../shared/cut.ts';
import { asJson } from '../../shared/json.ts';
import { situation } from '../../shared/situation.ts';
import { readProject } from '../outputs.ts';
import type { Placeable } from '../outputs.ts';
import { strategyOf } from '../strategies.ts';

// What all descriptions together may take: a project of a thousand tasks must fit into a prompt.
const descriptionsChars = 60_000;
const shortestDescription = 60;

function described(tasks: readonly Placeable[]): Json {
  const each = Math.floor(descriptionsChars / Math.max(1, tasks.length));
  return asJson(
    tasks.map(({ description, ...task }) =>
      description === null || each < shortestDescription ? task : { ...task, description: cut(description, each) },
    ),
  );
}

/** What every call is shown of the project; of many tasks less is shown of each. */
export function projectSections(facts: FactSheet): JsonObject {
  const { tasks, phases } = readProject(facts);
  return {
    ...situation(facts),
    strategy: strategyOf(facts),
    project: asJson(facts.project),
    notes: asJson(facts.notes),
    existing_phases: asJson(phases.map(({ name, order }) => ({ name, order }))),
    tasks: described(tasks),
  };
}
