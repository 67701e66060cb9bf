import type { Split, SplitPart } from '../contract.ts';
import { calibrateRange } from './calibrate.ts';
import type { Finished } from './calibrate.ts';
import type { Range } from '../durations.ts';

/** A part with what came out of it when it was split again. */
export type Node = {
  readonly key: string;
  readonly title: string;
  readonly within: string | null;
  readonly depth: number;
  readonly steps: readonly string[];
  readonly acceptance: string;
  readonly minutes: Range;
  readonly reason: string;
  readonly existingTaskId: string | null;
  readonly children: readonly Node[];
};

export type Splits = {
  /** Keys of the parts that were split again in this revision. */
  readonly split: ReadonlySet<string>;
  readonly read: (key: string) => Split | null;
  readonly finished: Finished;
};

// A single part is the same work under another name: nothing was split.
function childrenOf(part: SplitPart, splits: Splits): readonly SplitPart[] {
  const parts = splits.split.has(part.key) ? (splits.read(part.key)?.parts ?? []) : [];
  return parts.length > 1 ? parts : [];
}

function toNode(
  part: SplitPart,
  above: { readonly title: string | null; readonly depth: number },
  splits: Splits,
): Node {
  const depth = above.depth + 1;
  const { minutes, reason } = calibrateRange(part, splits.finished);
  return {
    key: part.key,
    title: part.title,
    within: above.title,
    depth,
    steps: part.steps,
    acceptance: part.acceptance,
    minutes,
    reason,
    existingTaskId: part.existingTaskId,
    children: childrenOf(part, splits).map((child) => toNode(child, { title: part.title, depth }, splits)),
  };
}

/** The task's parts as a tree, as deep as parts were split again. */
export function growTree(root: Split, splits: Splits): readonly Node[] {
  return root.parts.map((part) => toNode(part, { title: null, depth: 0 }, splits));
}

export function leavesOf(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node) => (node.children.length === 0 ? [node] : leavesOf(node.children)));
}
