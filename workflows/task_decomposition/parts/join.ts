import { addRanges, formatRange, toRange } from '../durations.ts';
import type { Node } from './nodes.ts';

const longestTitle = 120;

function joined(nodes: readonly Node[], first: Node): Node {
  const minutes = toRange(addRanges(nodes.map((node) => node.minutes)));
  const title = nodes.map((node) => node.title).join(', ');
  return {
    ...first,
    title: title.length > longestTitle ? `${first.title} (+ ${nodes.length - 1})` : title,
    steps: nodes.map((node) => node.title),
    acceptance: nodes.map((node) => node.acceptance).join(' '),
    minutes,
    reason: `${formatRange(minutes)}: ${nodes.length} short pieces taken together. ${nodes.map((node) => `${node.title}: ${node.reason}`).join(' ')}`,
  };
}

/** Neighbors that are each shorter than `minMinutes` become one part, as long as that stays within `maxMinutes`. */
export function joinShort(
  nodes: readonly Node[],
  limits: { readonly minMinutes: number; readonly maxMinutes: number },
  keep: (node: Node) => boolean,
): readonly Node[] {
  const out: Node[] = [];
  let run: Node[] = [];
  const flush = (): void => {
    const [first] = run;
    if (first !== undefined) out.push(run.length === 1 ? first : joined(run, first));
    run = [];
  };
  for (const node of nodes) {
    const inner = { ...node, children: joinShort(node.children, limits, keep) };
    const short = inner.children.length === 0 && inner.minutes.likely < limits.minMinutes && !keep(node);
    const total = addRanges([...run, inner].map((each) => each.minutes)).likely;
    if (!short || total > limits.maxMinutes) flush();
    if (short) run.push(inner);
    else out.push(inner);
  }
  flush();
  return out;
}
