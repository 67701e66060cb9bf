import type { EventLinkFacts } from '../../../src/contract/facts/calendar-facts.ts';
import type { Meeting, Series } from '../shapes.ts';
import { refOf } from './timed-events.ts';
import type { TimedEvent } from './timed-events.ts';
import type { FoundSeries } from './series/find-series.ts';

const mostMeetings = 60;

type Setting = {
  readonly nowMs: number;
  readonly found: readonly FoundSeries<Series>[];
  readonly links: readonly EventLinkFacts[];
};

/**
 * Timed busy events to come, the next ones first, with keys `m1`, `m2`, …: of a series only the next, for what it takes
 * to prepare one is not known months ahead.
 */
export function upcomingMeetings(all: readonly TimedEvent[], { nowMs, found, links }: Setting): readonly Meeting[] {
  const seriesOf = new Map(found.flatMap(({ series, members }) => members.map(({ event }) => [event, series.key])));
  const seen = new Set<string>();
  const next = all.filter(({ event, startMs }) => {
    if (startMs <= nowMs || event.own || event.allDay || !event.busy) return false;
    const key = seriesOf.get(event);
    if (key === undefined) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return next.slice(0, mostMeetings).map(({ event }, index) => ({
    key: `m${index + 1}`,
    event: refOf(event),
    description: event.description,
    location: event.location,
    series: seriesOf.get(event) ?? null,
    linked: links
      .filter((link) => link.eventUid === event.uid && link.recurrenceId === event.recurrenceId)
      .map((link) => link.role),
  }));
}
