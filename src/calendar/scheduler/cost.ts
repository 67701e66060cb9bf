import type { Schedule } from './decode.ts';
import { taskAt } from './model.ts';
import type { Model } from './model.ts';
import { endOf } from './place.ts';
import { minuteMs } from './timeline.ts';

/**
 * How bad a schedule is, worst part first: weight of the tasks left out, soft wishes broken, finish, and then the sum of
 * weighted ends with what each extra part costs in attention. Earlier entries are never traded for later ones.
 */
export type Cost = readonly [leftOut: number, wishesBroken: number, finishMs: number, weightedEnds: number];

/** An extra part is worth waiting half an hour for, for a task of the least weight. */
const partCostMs = 30 * minuteMs;

export function costOf(model: Model, schedule: Schedule): Cost {
  const originMs = model.open.gaps[0]?.startMs ?? 0;
  let leftOut = 0;
  let finishMs = 0;
  let weightedEnds = 0;
  for (const index of model.graph.order) {
    const { weight } = taskAt(model, index);
    const blocks = schedule.blocks[index] ?? null;
    if (blocks === null) {
      leftOut += weight;
      continue;
    }
    const endMs = endOf(blocks) - originMs;
    finishMs = Math.max(finishMs, endMs);
    weightedEnds += weight * endMs + (blocks.length - 1) * partCostMs;
  }
  return [leftOut, schedule.violated.length, finishMs, weightedEnds];
}

export function isBetter(cost: Cost, than: Cost): boolean {
  for (const [position, value] of cost.entries()) {
    const other = than[position] ?? 0;
    if (value !== other) return value < other;
  }
  return false;
}
