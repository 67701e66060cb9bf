import type { DraftTools } from '../../src/contract/facts.ts';
import type { Priority, ProposalNote, ScheduleEvent } from '../../src/contract/proposal.ts';
import type { ScheduledBlock, ScheduleDependency, ScheduleResult } from '../../src/contract/scheduling/schedule.ts';

// Longer work is split into sittings of at least half an hour; shorter work is done in one.
const splitFromMinutes = 120;
export const shortestSittingMinutes = 30;
const dayMs = 86_400_000;

/** A piece of work to place. */
export type Work = {
  readonly key: string;
  readonly title: string;
  readonly durationMinutes: number;
  readonly priority: Priority;
  readonly earliestStartMs: number | null;
  readonly deadlineMs: number | null;
};

export type WorkSetting = {
  readonly dependencies: readonly ScheduleDependency[];
  readonly startMs: number;
  readonly horizonDays: number;
  /** Most minutes of work a day, or null for no limit. */
  readonly dailyFocusMinutes: number | null;
};

export type PlannedSchedule = {
  readonly result: ScheduleResult;
  readonly titles: ReadonlyMap<string, string>;
  readonly blocksOf: ReadonlyMap<string, readonly ScheduledBlock[]>;
  readonly startMs: number;
  readonly horizonEndMs: number;
};

function blocksByTask(blocks: readonly ScheduledBlock[]): ReadonlyMap<string, readonly ScheduledBlock[]> {
  const byTask = new Map<string, ScheduledBlock[]>();
  for (const block of blocks) byTask.set(block.task, [...(byTask.get(block.task) ?? []), block]);
  return byTask;
}

/** Places work into the person's free time; what does not fit is explained in the result. */
export function scheduleWork(work: readonly Work[], setting: WorkSetting, tools: DraftTools): PlannedSchedule {
  const { dependencies, startMs, horizonDays, dailyFocusMinutes } = setting;
  const longestSitting = Math.min(splitFromMinutes, dailyFocusMinutes ?? splitFromMinutes);
  const horizonEndMs = startMs + horizonDays * dayMs;
  const result = tools.schedule({
    tasks: work.map((each) => ({
      ...each,
      splittable: each.durationMinutes > longestSitting,
      minBlockMinutes: shortestSittingMinutes,
    })),
    dependencies,
    ...tools.free({ fromMs: startMs, days: horizonDays }),
    dailyFocusMinutes,
    bufferMinutes: 0,
    horizonEndMs,
  });
  const titles = new Map(work.map((each) => [each.key, each.title]));
  return { result, titles, blocksOf: blocksByTask(result.blocks), startMs, horizonEndMs };
}

type BlockTargets = {
  readonly timeZone: string;
  /** The operation that makes or changes a task, or null when it is there already. */
  operationOf(key: string): string | null;
  taskIdOf(key: string): string;
};

/** One calendar block per scheduled piece of work, accepted or refused one by one. */
export function blockOperations(
  schedule: PlannedSchedule,
  targets: BlockTargets,
  tools: DraftTools,
): readonly ScheduleEvent[] {
  const toOperation = (block: ScheduledBlock, index: number): ScheduleEvent => {
    const title = schedule.titles.get(block.task) ?? block.task;
    const part = block.parts > 1 ? ` (${block.part} of ${block.parts})` : '';
    const needed = targets.operationOf(block.task);
    return {
      id: `event-${index + 1}`,
      kind: 'schedule_event',
      title: `${tools.formatInstant(block.startMs)}–${tools.formatInstant(block.endMs)}: ${title}${part}`,
      reason: block.reason,
      requires: needed === null ? [] : [needed],
      payload: {
        eventId: tools.newId(`event/${block.task}/${block.part}`),
        taskId: targets.taskIdOf(block.task),
        title: `${title}${part}`,
        start: new Date(block.startMs).toISOString(),
        end: new Date(block.endMs).toISOString(),
        timeZone: targets.timeZone,
      },
    };
  };
  return schedule.result.blocks.map(toOperation);
}

/** The critical path, and each task that does not fit with the constraint that stops it. */
export function scheduleNotes({ result, titles }: PlannedSchedule): readonly ProposalNote[] {
  const path = result.criticalPath.map((key) => titles.get(key) ?? key).join(' → ');
  const misfits = result.unscheduled.map((each) => ({
    kind: 'unscheduled',
    title: titles.get(each.task) ?? each.task,
    text: `${each.constraint}: ${each.explanation}`,
  }));
  return [...(path === '' ? [] : [{ kind: 'critical_path', title: 'Critical path', text: path }]), ...misfits];
}
