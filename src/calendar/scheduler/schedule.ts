import type {
  DayLoad,
  ScheduledBlock,
  ScheduleInput,
  ScheduleResult,
  TaskMinutes,
} from '../../contract/scheduling/schedule.ts';
import { findCriticalPath } from './critical-path.ts';
import { explainBlocks } from './explain/blocks.ts';
import type { Explained } from './explain/blocks.ts';
import { explainLeftOut, latenessOf } from './explain/left-out.ts';
import { buildModel, taskAt } from './model.ts';
import { searchSchedule } from './search.ts';
import { minuteMs, overlapMs } from './timeline.ts';
import { checkInput } from './validate.ts';

/**
 * Places tasks into free time: never two at once, never outside free time, never against a hard dependency or past a
 * deadline. Pure, and the same for the same input on every machine. What doesn't fit is explained, not thrown.
 * @throws StewardError `invalid_input` for an input without meaning (see `checkInput`)
 */
export function schedule(input: ScheduleInput): ScheduleResult {
  checkInput(input);
  const model = buildModel(input);
  const critical = findCriticalPath(model);
  const context: Explained = { model, critical, schedule: searchSchedule(model, critical).schedule };
  const blocks = listBlocks(context);
  const leftOut = model.tasks.flatMap((_, index) => ((context.schedule.blocks[index] ?? null) === null ? [index] : []));
  const unscheduled = leftOut.map((index) => explainLeftOut(context, index));
  const lateness = leftOut.flatMap((index, position): TaskMinutes[] => {
    const minutes = unscheduled[position]?.constraint === 'deadline' ? latenessOf(context, index) : null;
    return minutes === null ? [] : [{ task: taskAt(model, index).key, minutes }];
  });
  return {
    blocks,
    unscheduled,
    criticalPath: critical.path.map((index) => taskAt(model, index).key),
    finishMs: blocks.length === 0 ? null : Math.max(...blocks.map((block) => block.endMs)),
    lateness,
    slackMinutes: model.graph.order
      .toSorted((a, b) => a - b)
      .map((index) => ({
        task: taskAt(model, index).key,
        minutes: Math.round((critical.slackMs[index] ?? 0) / minuteMs),
      })),
    load: loadByDay(input, blocks),
  };
}

function listBlocks(context: Explained): ScheduledBlock[] {
  return context.schedule.blocks
    .flatMap((blocks, index) => {
      if (blocks === null) return [];
      const reason = explainBlocks(context, index);
      const task = taskAt(context.model, index).key;
      return blocks.map((block, position) => ({ task, ...block, part: position + 1, parts: blocks.length, reason }));
    })
    .toSorted((a, b) => a.startMs - b.startMs);
}

function loadByDay(input: ScheduleInput, blocks: readonly ScheduledBlock[]): DayLoad[] {
  return input.days
    .map((day) => ({
      dayKey: day.dayKey,
      minutes: blocks.reduce((sum, block) => sum + overlapMs(block, day), 0) / minuteMs,
    }))
    .filter((day) => day.minutes > 0);
}
