import type { DraftTools } from '../../../src/contract/facts.ts';
import type { ScheduleDay, TimeWindow } from '../../../src/contract/scheduling/schedule.ts';
import { isFocus } from '../analysis/fragmentation.ts';
import { clip, lengthOf, toMinutes } from '../analysis/time-windows.ts';
import type { Patterns } from '../shapes.ts';
import type { Arrangement } from './shapes.ts';

type Week = TimeWindow & { readonly start: string };
type Protected = Pick<Arrangement, 'focus' | 'shortWeeks'>;

const shortestMinutes = 30;

/** Whole weeks from Monday among these days. */
function wholeWeeks(days: readonly ScheduleDay[], tools: DraftTools): readonly Week[] {
  return days.flatMap((day, index) => {
    const last = days[index + 6];
    if (last === undefined || tools.local(day.startMs).weekday !== 1) return [];
    return [{ start: day.dayKey, startMs: day.startMs, endMs: last.endMs }];
  });
}

/** The longest free stretches of a week, cut so that together they have at most `minutes`. */
function chooseStretches(free: readonly TimeWindow[], minutes: number): readonly TimeWindow[] {
  const chosen: TimeWindow[] = [];
  let missing = minutes;
  for (const window of free.toSorted((a, b) => lengthOf([b]) - lengthOf([a]) || a.startMs - b.startMs)) {
    const length = Math.min(missing, Math.floor(lengthOf([window]) / 60_000));
    if (length < Math.min(shortestMinutes, missing) || missing === 0) break;
    chosen.push({ startMs: window.startMs, endMs: window.startMs + length * 60_000 });
    missing -= length;
  }
  return chosen.toSorted((a, b) => a.startMs - b.startMs);
}

type Ground = {
  readonly free: readonly TimeWindow[];
  readonly days: readonly ScheduleDay[];
  readonly tools: DraftTools;
};

/**
 * Blocks for whole weeks to come whose focus time (long free stretches, and blocks of work that are there already) is less
 * than wanted: they keep the longest free stretches before meetings take them.
 */
export function protectFocus(wanted: number, weeks: Patterns['weeks'], { free, days, tools }: Ground): Protected {
  const focus: Arrangement['focus'] = [];
  const shortWeeks: Arrangement['shortWeeks'] = [];
  for (const week of wholeWeeks(days, tools)) {
    const blocked = weeks.find(({ start }) => start === week.start)?.use.blocks ?? 0;
    const within = clip(free, week);
    const has = blocked + toMinutes(lengthOf(within.filter(isFocus)));
    if (has >= wanted) continue;
    const chosen = chooseStretches(within, wanted - blocked);
    const missing = wanted - blocked - toMinutes(lengthOf(chosen));
    shortWeeks.push({ week: week.start, focus: has, wanted, missing });
    for (const { startMs, endMs } of chosen) {
      focus.push({
        key: `focus-${focus.length + 1}`,
        week: week.start,
        start: new Date(startMs).toISOString(),
        end: new Date(endMs).toISOString(),
        reason: `The week of ${week.start} has ${has} of ${wanted} wanted minutes of focus time: this keeps a free stretch for it.`,
      });
    }
  }
  return { focus, shortWeeks };
}
