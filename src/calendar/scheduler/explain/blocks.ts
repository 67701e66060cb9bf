import type { TimeWindow } from '../../../contract/scheduling/schedule.ts';
import type { CriticalPath } from '../critical-path.ts';
import type { Schedule } from '../decode.ts';
import { taskAt } from '../model.ts';
import type { Model, ModelTask } from '../model.ts';
import { endOf } from '../place.ts';
import { usableMs } from '../timeline.ts';
import { lengthInWords, listInWords } from './words.ts';

export type Explained = { readonly model: Model; readonly schedule: Schedule; readonly critical: CriticalPath };

/** Why the blocks of a task lie where they do: one sentence that holds for each of them. No clock times: the caller knows the zone. */
export function explainBlocks(context: Explained, index: number): string {
  const { model, schedule } = context;
  const task = taskAt(model, index);
  const blocks = schedule.blocks[index] ?? [];
  const reasons = [startReason(context, index), deadlineReason(model, { task, blocks })];
  if (context.critical.path.includes(index)) reasons.push('on the critical path');
  const givenUp = brokenWishes(context, index);
  if (givenUp.length > 0)
    reasons.push(
      `before ${listInWords(givenUp)}, which it would rather follow, because that would leave tasks out or late`,
    );
  const sentence = reasons.filter((reason) => reason !== null).join('; ');
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`;
}

function startReason(context: Explained, index: number): string {
  const { model, schedule } = context;
  const task = taskAt(model, index);
  const blocks = schedule.blocks[index] ?? [];
  const startMs = blocks[0]?.startMs ?? 0;
  const what =
    blocks.length > 1
      ? `first free ${lengthInWords(task.lengthMs)}, in ${blocks.length} parts`
      : `first free ${lengthInWords(task.lengthMs)}`;
  const after = lastBefore(context, index);
  const fromMs = Math.max(task.fromMs, after?.endMs ?? Number.NEGATIVE_INFINITY);
  const ahead = tasksWithin(context, { startMs: fromMs, endMs: startMs }).filter((other) => other !== index);
  const words = [what];
  if (after !== null && after.endMs > task.fromMs) words.push(`after '${after.title}'`);
  else if (Number.isFinite(task.fromMs) && task.fromMs > (model.open.gaps[0]?.startMs ?? 0))
    words.push('from its earliest start on');
  if (ahead.length > 0)
    words.push(
      `behind ${listInWords(
        ahead.map((other) => taskAt(model, other).title),
        2,
      )}`,
    );
  return words.join(' ');
}

/** The predecessor, hard or kept soft, that ends last. */
function lastBefore(context: Explained, index: number): { readonly title: string; readonly endMs: number } | null {
  const { model, schedule } = context;
  const wishes = model.graph.soft.filter((edge) => edge.task === index && !schedule.violated.includes(edge.id));
  const before = [...(model.graph.hardBefore[index] ?? []), ...wishes.map((edge) => edge.dependsOn)];
  let last: { title: string; endMs: number } | null = null;
  for (const other of before) {
    const blocks = schedule.blocks[other] ?? null;
    if (blocks === null || endOf(blocks) <= (last?.endMs ?? Number.NEGATIVE_INFINITY)) continue;
    last = { title: taskAt(model, other).title, endMs: endOf(blocks) };
  }
  return last;
}

function deadlineReason(
  model: Model,
  { task, blocks }: { readonly task: ModelTask; readonly blocks: readonly TimeWindow[] },
): string | null {
  if (task.deadlineMs === null) return null;
  const spareMs = usableMs(model.open, { startMs: endOf(blocks), endMs: task.deadlineMs });
  return spareMs === 0
    ? 'ends just before its deadline'
    : `ends with ${lengthInWords(spareMs)} of working time left before its deadline`;
}

function brokenWishes(context: Explained, index: number): string[] {
  return context.model.graph.soft
    .filter((edge) => edge.task === index && context.schedule.violated.includes(edge.id))
    .map((edge) => taskAt(context.model, edge.dependsOn).title);
}

/** Tasks with a block that touches the window, in the order of the input. */
export function tasksWithin(context: Pick<Explained, 'schedule'>, window: TimeWindow): number[] {
  return context.schedule.blocks.flatMap((blocks, index) =>
    (blocks ?? []).some((block) => block.startMs < window.endMs && block.endMs > window.startMs) ? [index] : [],
  );
}
