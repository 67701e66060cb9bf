import type { Problem } from '../../../src/contract/errors.ts';
import { ordering } from '../contract.ts';
import type { Ordering } from '../contract.ts';
import { findCycle } from '../../shared/cycles.ts';
import { readTasks } from '../outputs.ts';
import { asJson } from '../../shared/json.ts';
import { situation } from '../../shared/situation.ts';
import type { Call } from './shared.ts';

function unknownKeys(output: Ordering, known: ReadonlySet<string>): readonly Problem[] {
  const ends = output.dependencies.flatMap(({ task, dependsOn }, index) => [
    { path: `dependencies.${index}.task`, key: task },
    { path: `dependencies.${index}.dependsOn`, key: dependsOn },
  ]);
  const named = output.priorities.map(({ task }, index) => ({ path: `priorities.${index}.task`, key: task }));
  return [...ends, ...named]
    .filter(({ key }) => !known.has(key))
    .map(({ path, key }) => ({ path, message: `"${key}" is no task of this plan` }));
}

export const orderTasks: Call<'dependencies', Ordering> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 6_000,
  temperature: 0,
  output: ordering,
  facts: [],
  title: () => 'Find dependencies and priorities',
  prompt: (facts) => ({
    instructions: [
      'You say which task needs which: "hard" when it cannot start before the other is done, "soft" when the order is only better.',
      'Use only task keys of "output.tasks". No task depends on itself, directly or through others. Give priorities only where they differ from the plan.',
    ].join('\n'),
    sections: {
      ...situation(facts),
      'output.analyze': facts.outputs['analyze'] ?? null,
      'output.plan': facts.outputs['plan'] ?? null,
      'output.tasks': asJson(
        readTasks(facts).flatMap((phase) => phase.tasks.map((task) => ({ ...task, phase: phase.key }))),
      ),
    },
  }),
  check: (output, facts) => {
    const known = new Set(readTasks(facts).flatMap((phase) => phase.tasks.map((task) => task.key)));
    const cycle = findCycle(output.dependencies);
    const cycles =
      cycle === null
        ? []
        : [{ path: 'dependencies', message: `these depend on each other in a circle: ${cycle.join(' → ')}` }];
    return [...unknownKeys(output, known), ...cycles];
  },
  reasoning: (output) =>
    output.dependencies.map((each) => `${each.task} after ${each.dependsOn} (${each.kind}): ${each.reason}`).join('\n'),
  view: (output) => ({ dependencies: output.dependencies.length }),
};
