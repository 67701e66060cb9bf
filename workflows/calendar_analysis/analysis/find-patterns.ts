import type { CalendarWindowFacts } from '../../../src/contract/facts/calendar-facts.ts';
import type { DraftTools } from '../../../src/contract/facts.ts';
import { joinWindows, subtractWindows } from '../../../src/contract/scheduling/windows.ts';
import type { Figures, Patterns } from '../shapes.ts';
import { chainsOf } from './chains.ts';
import { conflictsOf } from './conflicts.ts';
import { fragmentationOf } from './fragmentation.ts';
import { busiestDays, loadByDay, loadByWeek, loadByWeekday, msPerWeek, trendOf } from './load.ts';
import { findSeries } from './series/find-series.ts';
import { clip, lengthOf, roundTo, toMinutes } from './time-windows.ts';
import { countUse, useOf } from './time-use.ts';
import type { UsedTime } from './time-use.ts';
import { sortEvents } from './timed-events.ts';
import type { EventKinds } from './timed-events.ts';
import { upcomingMeetings } from './upcoming.ts';

const dayMs = 86_400_000;
const mostAllDay = 100;

type Span = { readonly startMs: number; readonly endMs: number; readonly days: number };

function figuresOf(kinds: EventKinds, used: UsedTime, span: Span): Figures {
  const met = clip(joinWindows(kinds.meetings), span);
  const outside = subtractWindows(met, used.working);
  const { stretches, longestMinutes, focusMinutes, focusShare } = fragmentationOf(used.free);
  const weeks = (span.endMs - span.startMs) / msPerWeek;
  const use = countUse(used);
  return {
    days: span.days,
    events: kinds.all.length,
    meetings: kinds.meetings.length,
    meetingMinutes: toMinutes(lengthOf(met)),
    doubleBookedMinutes: toMinutes(lengthOf(clip(kinds.meetings, span)) - lengthOf(met)),
    outsideHoursMinutes: toMinutes(lengthOf(outside)),
    outsideHoursMeetings: kinds.meetings.filter((each) => subtractWindows([each], used.working).length > 0).length,
    hoursPerWeek: roundTo(lengthOf(met) / 3_600_000 / weeks, 1),
    meetingShare: use.working === 0 ? 0 : roundTo(use.meetings / use.working, 3),
    use,
    focusMinutes,
    focusShare: roundTo(focusShare, 3),
    focusMinutesPerWeek: Math.round(focusMinutes / weeks),
    freeStretches: [...stretches],
    longestFreeMinutes: longestMinutes,
  };
}

function allDayOf({ all }: EventKinds, tools: DraftTools): Patterns['allDay'] {
  return all
    .filter(({ event }) => event.allDay)
    .slice(0, mostAllDay)
    .map(({ event, startMs, endMs }) => ({
      title: event.title,
      date: tools.local(startMs).date,
      days: Math.max(1, Math.round((endMs - startMs) / dayMs)),
      away: event.busy,
    }));
}

/** Everything that the calendar's window shows, by counting alone: independent of the order of its events. */
export function findPatterns(
  calendar: CalendarWindowFacts,
  { nowMs, tools }: { readonly nowMs: number; readonly tools: DraftTools },
): Patterns {
  const [startMs, endMs] = [Date.parse(calendar.from), Date.parse(calendar.to)];
  const kinds = sortEvents(calendar.events);
  const { working, days: localDays } = tools.workingTime({ fromMs: startMs, toMs: endMs });
  const used = useOf(working, kinds);
  const span = { startMs, endMs, days: localDays.length };
  const days = loadByDay(kinds, used, { span: { startMs, endMs, days: localDays }, tools });
  const found = findSeries(kinds.all, { tools, nowMs, windowDays: (endMs - startMs) / dayMs });
  return {
    window: { from: calendar.from, to: calendar.to, cut: calendar.cut },
    figures: figuresOf(kinds, used, span),
    series: found.map(({ series }) => series),
    weekdays: loadByWeekday(days),
    weeks: loadByWeek(days),
    busiestDays: busiestDays(days),
    trend: trendOf(days),
    chains: chainsOf(kinds.meetings),
    conflicts: [...conflictsOf(kinds, nowMs)],
    allDay: allDayOf(kinds, tools),
    meetings: [...upcomingMeetings(kinds.all, { nowMs, found, links: calendar.links })],
    problems: [...calendar.problems],
  };
}
