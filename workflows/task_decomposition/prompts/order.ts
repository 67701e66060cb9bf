import type { Problem } from '../../../src/contract/errors.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import { findCycle } from '../../shared/cycles.ts';
import { asJson } from '../../shared/json.ts';
import { ordering } from '../contract.ts';
import type { Ordering } from '../contract.ts';
import { readParts, readSplit } from '../outputs.ts';
import { aboutTask } from './shared.ts';
import type { Call } from './shared.ts';

function unknownKeys(output: Ordering, known: ReadonlySet<string>): readonly Problem[] {
  return output.dependencies
    .flatMap(({ task, dependsOn }, index) => [
      { path: `dependencies.${index}.task`, key: task },
      { path: `dependencies.${index}.dependsOn`, key: dependsOn },
    ])
    .filter(({ key }) => !known.has(key))
    .map(({ path, key }) => ({ path, message: `"${key}" is no key of "parts"` }));
}

type Known = { readonly task: string; readonly dependsOn: string };

/** The order that the records have among existing parts already, directly or through other tasks. */
function existingOrder(facts: FactSheet): readonly Known[] {
  const existing = readParts(facts).leaves.flatMap(({ key, taskId }) => (taskId === null ? [] : [{ key, taskId }]));
  const edges = facts.workload?.dependencies ?? [];
  const needs = (id: string): ReadonlySet<string> => {
    const found = new Set<string>();
    const open = [id];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const { taskId, dependsOnId } of edges) {
        if (taskId !== at || found.has(dependsOnId)) continue;
        found.add(dependsOnId);
        open.push(dependsOnId);
      }
    }
    return found;
  };
  return existing.flatMap(({ key, taskId }) => {
    const needed = needs(taskId);
    return existing.filter((other) => needed.has(other.taskId)).map((other) => ({ task: key, dependsOn: other.key }));
  });
}

/** New order together with the order that existing tasks have already: the database would refuse a circle among both. */
function circle(output: Ordering, facts: FactSheet): readonly Problem[] {
  const { leaves } = readParts(facts);
  const idOf = new Map(leaves.flatMap(({ key, taskId }) => (taskId === null ? [] : [[key, taskId] as const])));
  const keyOf = new Map([...idOf].map(([key, id]) => [id, key]));
  const node = (key: string): string => idOf.get(key) ?? key;
  const known = (facts.workload?.dependencies ?? []).map((edge) => ({
    task: edge.taskId,
    dependsOn: edge.dependsOnId,
  }));
  const added = output.dependencies.map((edge) => ({ task: node(edge.task), dependsOn: node(edge.dependsOn) }));
  const cycle = findCycle([...known, ...added]);
  if (cycle === null) return [];
  const titles = new Map(facts.workload?.tasks.map((task) => [task.id, task.title]));
  const path = cycle.map((each) => keyOf.get(each) ?? titles.get(each) ?? each).join(' → ');
  return [{ path: 'dependencies', message: `these depend on each other in a circle: ${path}` }];
}

export const orderParts: Call<'order', Ordering> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 4_000,
  temperature: 0,
  output: ordering,
  facts: ['userContext', 'project', 'workload'],
  title: () => 'Find what comes after what',
  prompt: (facts) => ({
    instructions: [
      'You say which part of a task needs which: "hard" when it cannot start before the other is done, "soft" when the order is only better, each with the reason.',
      'Use only keys of "parts". No part depends on itself, directly or through others. Parts that can be done side by side have no order. "existing_order" holds already: never against it.',
    ].join('\n'),
    sections: {
      ...aboutTask(facts),
      'output.split': asJson(readSplit(facts, '')),
      existing_order: asJson(existingOrder(facts)),
      parts: asJson(
        readParts(facts).leaves.map(({ key, title, within, steps, acceptance }) => ({
          key,
          title,
          within,
          steps,
          acceptance,
        })),
      ),
    },
  }),
  check: (output, facts) => [
    ...unknownKeys(output, new Set(readParts(facts).leaves.map(({ key }) => key))),
    ...circle(output, facts),
  ],
  reasoning: (output) =>
    [
      output.reasoning,
      ...output.dependencies.map((each) => `${each.task} after ${each.dependsOn} (${each.kind}): ${each.reason}`),
    ].join('\n'),
  view: (output) => ({ dependencies: output.dependencies.length }),
};
