import type { Json } from '../../../../contract/json.ts';
import { priorities } from '../../../../contract/proposal.ts';
import type { Priority } from '../../../../contract/proposal.ts';
import type { PlannedTask } from '../../facts.ts';
import { OrderGraph } from '../../order/graph.ts';
import type { Edge } from '../../order/graph.ts';
import { codeEdges, layerEdges, objectEdges, productEdges, sequenceEdges, testEdges } from '../../order/implied.ts';
import { orderedTasks } from '../../order/ordered-task.ts';
import { statedEdges } from '../../order/stated.ts';
import { reasons } from '../../order/reasons.ts';
import type { Language } from '../../text/language.ts';
import type { Outline } from '../../outline/outline.ts';

/** More order than this nobody reads; what is stated comes first and stays. */
const mostEdges = 160;

/** What is stated goes in first, so that what is only implied gives way to it where both can't hold. */
export function findEdges(tasks: readonly PlannedTask[], outline: Outline): readonly Edge[] {
  const ordered = orderedTasks(tasks, outline, outline.language);
  const graph = new OrderGraph();
  const hard =
    outline.source === 'template' ? [statedEdges] : [statedEdges, codeEdges, productEdges, layerEdges, objectEdges];
  for (const rule of hard) for (const edge of rule(ordered, outline.language)) graph.add(edge);
  for (const edge of sequenceEdges(ordered, outline)) graph.add(edge);
  for (const edge of testEdges(ordered, outline.language)) graph.add(edge);
  return graph.edges.slice(0, mostEdges);
}

function raised(priority: Priority): Priority {
  return priorities[Math.min(priorities.indexOf(priority) + 1, priorities.indexOf('high'))] ?? priority;
}

/** Others wait for at least this many tasks before one counts for more than the plan gave it. */
const manyWaiting = 2;

function judge(
  tasks: readonly PlannedTask[],
  edges: readonly Edge[],
  language: Language,
): readonly { readonly [key: string]: Json }[] {
  return tasks.flatMap((task) => {
    const waiting = edges.filter((edge) => edge.kind === 'hard' && edge.dependsOn === task.key).length;
    const priority = waiting >= manyWaiting && task.priority !== 'critical' ? raised(task.priority) : task.priority;
    return priority === task.priority ? [] : [{ task: task.key, priority, reason: reasons[language].waiting(waiting) }];
  });
}

/** Answers `dependencies`: which task needs which, free of cycles, and the priorities that follow from it. */
export function answerDependencies(tasks: readonly PlannedTask[], outline: Outline): Json {
  const edges = findEdges(tasks, outline);
  return { dependencies: edges.map((edge) => ({ ...edge })), priorities: [...judge(tasks, edges, outline.language)] };
}
