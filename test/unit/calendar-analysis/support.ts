import { Temporal } from 'temporal-polyfill';
import { withDraftTools } from '../../../activities/support/draft-tools.ts';
import type { CalendarWindowFacts, WindowEvent } from '../../../src/contract/facts/calendar-facts.ts';
import type { DraftTools } from '../../../src/contract/facts.ts';
import { findPatterns } from '../../../workflows/calendar_analysis/analysis/find-patterns.ts';
import type { Patterns } from '../../../workflows/calendar_analysis/shapes.ts';

const timeZone = 'Europe/Berlin';
const setting = { timeZone, workingHours: null, idScope: 'run/step' };

/** The tools that a computation has, on an empty calendar with office hours in Berlin. */
export async function tools(): Promise<DraftTools> {
  return await withDraftTools(
    setting,
    () => Promise.resolve([]),
    (lent) => lent,
  );
}

/** An event; times are instants, what is left out is a plain busy meeting. */
export function event(
  title: string,
  start: string,
  more: Partial<WindowEvent> & { readonly minutes?: number } = {},
): WindowEvent {
  const { minutes = 60, ...fields } = more;
  const startMs = Date.parse(start);
  return {
    uid: `${title}/${start}`,
    recurrenceId: null,
    recurring: false,
    rule: null,
    title,
    description: null,
    location: null,
    start: new Date(startMs).toISOString(),
    end: new Date(startMs + minutes * 60_000).toISOString(),
    allDay: false,
    busy: true,
    own: false,
    movable: false,
    taskId: null,
    ...fields,
  };
}

export function calendar(events: readonly WindowEvent[], more: Partial<CalendarWindowFacts> = {}): CalendarWindowFacts {
  return {
    from: '2026-03-01T23:00:00.000Z',
    to: '2026-04-26T22:00:00.000Z',
    events,
    links: [],
    problems: [],
    cut: false,
    ...more,
  };
}

/** What is found in a calendar, seen from the first of the window unless told otherwise. */
export async function patternsOf(facts: CalendarWindowFacts, now: string = facts.from): Promise<Patterns> {
  return findPatterns(facts, { nowMs: Date.parse(now), tools: await tools() });
}

/** One event at a time of the person's day on each of these dates. */
export function onDays(title: string, dates: readonly string[], time = '10:00'): readonly WindowEvent[] {
  return dates.map((date) => {
    const instant = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone).toInstant().toString();
    return event(title, instant);
  });
}
