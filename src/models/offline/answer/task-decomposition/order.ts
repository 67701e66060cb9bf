import type { Json } from '../../../../contract/json.ts';
import type { PlannedTask } from '../../facts.ts';
import { asList, asObject, asText } from '../../json-values.ts';
import { OrderGraph } from '../../order/graph.ts';
import type { Edge } from '../../order/graph.ts';
import { buildOutline } from '../../outline/build-outline.ts';
import type { Outline } from '../../outline/outline.ts';
import { offlineNotice } from '../phrases.ts';
import { findEdges } from '../project-planning/dependencies.ts';
import type { Sections } from '../answerer.ts';
import { taskInput } from './whole.ts';

type Leaf = { readonly key: string; readonly within: string };

const stage = {
  en: (title: string) => `Both are stages of "${title}", in this order.`,
  de: (title: string) => `Beide sind Abschnitte von „${title}“, in dieser Reihenfolge.`,
} as const;

/** The first parts as tasks of a plan, each in the phase where the text has it. */
function plannedParts(sections: Sections, outline: Outline): readonly PlannedTask[] {
  const phaseOf = new Map(
    outline.phases.flatMap((phase, index) => phase.tasks.map((task) => [task.title, index] as const)),
  );
  return asList(asObject(sections['output.split'])['parts'])
    .map(asObject)
    .map((part) => ({
      key: asText(part['key']),
      title: asText(part['title']),
      description: '',
      steps: asList(part['steps']).map(asText),
      priority: 'medium',
      deadline: null,
      phase: phaseOf.get(asText(part['title'])) ?? 0,
    }));
}

/** What holds between parts holds between the first piece of the later and the last piece of the earlier one. */
function betweenLeaves(edges: readonly Edge[], leaves: readonly Leaf[]): readonly Edge[] {
  const under = (key: string): readonly Leaf[] =>
    leaves.filter((leaf) => leaf.key === key || leaf.key.startsWith(`${key}.`));
  return edges.flatMap((edge) => {
    const later = under(edge.task)[0];
    const earlier = under(edge.dependsOn).at(-1);
    return later === undefined || earlier === undefined ? [] : [{ ...edge, task: later.key, dependsOn: earlier.key }];
  });
}

function above(key: string): string {
  return key.includes('.') ? key.slice(0, key.lastIndexOf('.')) : '';
}

/** Pieces of one part follow each other; so do pieces of pieces. */
function stageEdges(leaves: readonly Leaf[], language: Outline['language']): readonly Edge[] {
  return leaves.flatMap((leaf, index): readonly Edge[] => {
    const before = leaves[index - 1];
    const top = leaf.key.split('.')[0];
    if (before === undefined || above(leaf.key) === '' || before.key.split('.')[0] !== top) return [];
    return [{ task: leaf.key, dependsOn: before.key, kind: 'soft', reason: stage[language](leaf.within) }];
  });
}

/** Answers `order`: what the text states and implies of the parts, and the stages of parts that were split again. */
export function answerOrder(sections: Sections): Json {
  const outline = buildOutline(taskInput(sections));
  const leaves = asList(sections['parts'])
    .map(asObject)
    .map((part) => ({ key: asText(part['key']), within: asText(part['within']) }));
  const known = asList(sections['existing_order'])
    .map(asObject)
    .map((edge) => ({ task: asText(edge['task']), dependsOn: asText(edge['dependsOn']) }));
  const graph = new OrderGraph();
  for (const edge of known) graph.add({ ...edge, kind: 'hard', reason: '' });
  const stated = graph.edges.length;
  const edges = [
    ...betweenLeaves(findEdges(plannedParts(sections, outline), outline), leaves),
    ...stageEdges(leaves, outline.language),
  ];
  for (const edge of edges) graph.add(edge);
  return {
    dependencies: graph.edges.slice(stated).map((edge) => ({ ...edge })),
    reasoning: offlineNotice(outline.language),
  };
}
