import type { FactSheet } from '../../../src/contract/facts.ts';
import type { ComputationContract } from '../../../src/schemas/workflow-contract.ts';
import type { PartsView } from '../contract.ts';
import { formatMinutes } from '../../shared/format-minutes.ts';
import { addRanges, formatRange, toRange } from '../durations.ts';
import { readLimits, readSplit, readTarget } from '../outputs.ts';
import type { Part, Parts, Subtask } from '../outputs.ts';
import { finishedWork } from '../target/history.ts';
import { joinShort } from './join.ts';
import { matchExisting, withoutFinished } from './match.ts';
import { growTree, leavesOf } from './nodes.ts';
import type { Node } from './nodes.ts';

/** More subtasks than this nobody surveys; what is still too long then stays so and is said. */
const mostParts = 60;

type Flat = { readonly leaves: readonly Part[]; readonly parents: Parts['parents'] };
type Place = { readonly label: string; readonly under: string | null };

/** The tree as leaves in order, and the existing subtasks that their leaves go under. */
function flatten(nodes: readonly Node[], matches: ReadonlyMap<string, Subtask>, above: Place): Flat {
  const flats = nodes.map((node, index): Flat => {
    const label = above.label === '' ? String(index + 1) : `${above.label}.${index + 1}`;
    const match = matches.get(node.key);
    const taskId = match?.id ?? null;
    const title = match?.title ?? node.title;
    if (node.children.length === 0) {
      const { key, within, steps, acceptance, minutes, reason } = node;
      const texts = { key, label, title, within, steps: [...steps], acceptance };
      return { leaves: [{ ...texts, minutes, reason, taskId, under: above.under }], parents: [] };
    }
    const inner = flatten(node.children, matches, { label, under: taskId === null ? above.under : node.key });
    const minutes = toRange(addRanges(leavesOf(node.children).map((leaf) => leaf.minutes)));
    const own = taskId === null ? [] : [{ key: node.key, taskId, title, minutes }];
    return { leaves: inner.leaves, parents: [...own, ...inner.parents] };
  });
  return { leaves: flats.flatMap((flat) => flat.leaves), parents: flats.flatMap((flat) => flat.parents) };
}

/** A part that came out of another carries its number, so that the order shows where subtasks lie side by side. */
function numbered(leaves: readonly Part[]): readonly Part[] {
  if (leaves.every((leaf) => leaf.within === null)) return leaves;
  return leaves.map((leaf) => (leaf.taskId === null ? { ...leaf, title: `${leaf.label} ${leaf.title}` } : leaf));
}

function nothingReason(
  leaves: readonly Part[],
  facts: FactSheet,
  found: Pick<Parts, 'parents' | 'done'>,
): string | null {
  const [only] = leaves;
  const { maxMinutes } = readLimits(facts);
  if (only === undefined) return `All its parts are finished: ${found.done.join(', ')}.`;
  if (leaves.length > 1 || found.parents.length > 0) return null;
  const takes = `"${only.title}" takes ${formatRange(only.minutes)}`;
  if (only.minutes.likely <= maxMinutes)
    return `${takes}, within the ${formatMinutes(maxMinutes)} a subtask may take: there is nothing to split.`;
  return `${takes} and could not be split: say more about it in userPrompt.`;
}

/** How many more parts there will be when one of this length is split: sittings of the size, and one to prepare. */
function growth(minutes: number, maxMinutes: number): number {
  return Math.ceil(minutes / maxMinutes);
}

/** What is still too long: split again, the longest first, as far as rounds and the number of parts allow. */
function tooLong(
  nodes: readonly Node[],
  facts: FactSheet,
  split: ReadonlySet<string>,
): Pick<Parts, 'oversized' | 'leftLarge'> {
  const { maxMinutes, maxRounds } = readLimits(facts);
  const leaves = leavesOf(nodes);
  const large = leaves.filter((leaf) => leaf.minutes.likely > maxMinutes);
  const again = new Set<string>();
  let count = leaves.length;
  for (const leaf of large.toSorted((left, right) => right.minutes.likely - left.minutes.likely)) {
    const more = growth(leaf.minutes.likely, maxMinutes);
    if (leaf.depth >= maxRounds || split.has(leaf.key) || count + more > mostParts) continue;
    count += more;
    again.add(leaf.key);
  }
  return {
    oversized: large.flatMap(({ key }) => (again.has(key) ? [key] : [])),
    leftLarge: large.flatMap(({ key, title }) => (again.has(key) ? [] : [title])),
  };
}

/** Puts the splits of all rounds together: finished parts out, existing subtasks found, short ones joined, durations calibrated. */
export function assembleParts(facts: FactSheet, asked: readonly string[]): Parts {
  const target = readTarget(facts);
  const root = readSplit(facts, '') ?? { title: '', summary: '', parts: [], reasoning: '' };
  const split = new Set(asked);
  const finished = finishedWork(facts.finishedTasks);
  const grown = growTree(root, { split, read: (key) => readSplit(facts, key), finished });
  const { nodes: open, done } = withoutFinished(grown, target.finishedSubtasks);
  const matches = matchExisting(open, target.subtasks);
  const nodes = joinShort(open, readLimits(facts), (node) => matches.has(node.key));
  const { leaves, parents } = flatten(nodes, matches, { label: '', under: null });
  const matched = new Set([...matches.values()].map((each) => each.id));
  // What lies below a subtask that was found is part of that one.
  const kept = target.subtasks.filter(
    (each) => !matched.has(each.id) && !each.hasSubtasks && !matched.has(each.parentTaskId ?? ''),
  );
  const keptRanges = kept.map(({ durationMinutes: minutes }) => ({
    low: minutes ?? 0,
    likely: minutes ?? 0,
    high: minutes ?? 0,
  }));
  return {
    title: target.task?.title ?? root.title,
    summary: root.summary,
    leaves: [...numbered(leaves)],
    parents,
    total: toRange(addRanges([...leaves.map((leaf) => leaf.minutes), ...keptRanges])),
    ...tooLong(nodes, facts, split),
    done: [...done],
    kept: kept.map(({ id, title, durationMinutes }) => ({ id, title, durationMinutes })),
    nothing: nothingReason(leaves, facts, { parents, done: [...done] }),
  };
}

function tellPart({ title, reason, taskId }: Part): string {
  return `${taskId === null ? '' : 'Existing: '}${title}: ${reason}`;
}

export const parts: ComputationContract<Parts, { readonly split: readonly string[] }, PartsView> = {
  facts: ['finishedTasks'],
  title: ({ split }) => (split.length === 0 ? 'Measure the parts' : 'Measure the parts again'),
  compute: (facts, { split }) => assembleParts(facts, split),
  reasoning: (output) =>
    [
      `${output.leaves.length} parts, together ${formatRange(output.total)}.`,
      ...output.leaves.map(tellPart),
      ...(output.oversized.length === 0 ? [] : [`Still too long, split again: ${output.oversized.join(', ')}.`]),
      ...(output.nothing === null ? [] : [output.nothing]),
    ].join('\n'),
  view: ({ oversized, leaves, nothing }) => ({
    oversized,
    count: leaves.length,
    nothing: oversized.length === 0 ? nothing : null,
  }),
};
