import { normalizedTitle } from '../../shared/words.ts';
import type { Subtask } from '../outputs.ts';
import type { Node } from './nodes.ts';

/** Which existing subtask each part is, by the part's key: what the model said, and equal titles. Each subtask once. */
export function matchExisting(nodes: readonly Node[], subtasks: readonly Subtask[]): ReadonlyMap<string, Subtask> {
  const byId = new Map(subtasks.map((subtask) => [subtask.id, subtask]));
  const matches = new Map<string, Subtask>();
  const taken = new Set<string>();
  const take = (node: Node, subtask: Subtask | undefined): void => {
    if (subtask === undefined || taken.has(subtask.id) || matches.has(node.key)) return;
    taken.add(subtask.id);
    matches.set(node.key, subtask);
  };
  const all = everyNode(nodes);
  // Titles first: that one is certain, and a model may have named another part's subtask.
  for (const node of all)
    take(
      node,
      subtasks.find((each) => normalizedTitle(each.title) === normalizedTitle(node.title)),
    );
  for (const node of all) if (node.existingTaskId !== null) take(node, byId.get(node.existingTaskId));
  return matches;
}

function everyNode(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node) => [node, ...everyNode(node.children)]);
}

/** The parts without those that are finished already, and the titles of these. */
export function withoutFinished(
  nodes: readonly Node[],
  finished: readonly string[],
): { readonly nodes: readonly Node[]; readonly done: readonly string[] } {
  const titles = new Set(finished.map(normalizedTitle));
  const done: string[] = [];
  const open = (list: readonly Node[]): readonly Node[] =>
    list.flatMap((node) => {
      if (titles.has(normalizedTitle(node.title))) {
        done.push(node.title);
        return [];
      }
      if (node.children.length === 0) return [node];
      const children = open(node.children);
      // All that it consisted of is finished.
      return children.length === 0 ? [] : [{ ...node, children }];
    });
  return { nodes: open(nodes), done };
}
