import type { ComputationContract } from '../../../src/schemas/workflow-contract.ts';
import { rhythmWords } from '../cadence-words.ts';
import type { CalendarAnalysis, Result } from '../contract.ts';
import type { Meeting, Patterns } from '../shapes.ts';
import { findPatterns } from './find-patterns.ts';

type Computed = CalendarAnalysis['computations']['patterns'];

const shownSeries = 20;

/** The figures that a run ends with. */
function resultFigures({ figures, series, conflicts, problems }: Patterns): Result['figures'] {
  const { events, hoursPerWeek, meetingShare, focusMinutesPerWeek } = figures;
  return {
    events,
    hoursPerWeek,
    meetingShare,
    focusMinutesPerWeek,
    explicitSeries: series.filter(({ kind }) => kind === 'explicit').length,
    implicitSeries: series.filter(({ kind }) => kind === 'implicit').length,
    conflicts: conflicts.length,
    problems: problems.length,
  };
}

function charsOf({ event, description, location }: Meeting): number {
  return event.title.length + (description?.length ?? 0) + (location?.length ?? 0) + 100;
}

function reasoning(found: Patterns): string {
  const { events, hoursPerWeek, meetingShare, focusMinutesPerWeek } = found.figures;
  const share = Math.round(meetingShare * 100);
  return [
    `${events} events; ${hoursPerWeek} hours of meetings a week, ${share}% of working time; ${focusMinutesPerWeek} minutes of focus time a week.`,
    ...found.series.slice(0, shownSeries).map((each) => {
      const made = each.kind === 'explicit' ? 'a series' : `no series, yet ${each.hits} of ${each.expected}`;
      return `${each.key} "${each.title}" ${rhythmWords(each)} (${made}), ${each.occurrences === 1 ? 'once' : `${each.occurrences} times`}`;
    }),
    ...found.problems.map((problem) => `Not read in full: ${problem}`),
  ].join('\n');
}

/** Patterns of the calendar's window, counted. */
export const patternsOfWindow: ComputationContract<Patterns, Computed['params'], Computed['view']> = {
  facts: ['calendarWindow'],
  title: () => 'Find the patterns of the calendar',
  compute: (facts, _params, tools) => {
    const calendar = facts.calendarWindow ?? {
      from: facts.now,
      to: facts.now,
      events: [],
      links: [],
      problems: [],
      cut: false,
    };
    return findPatterns(calendar, { nowMs: Date.parse(facts.now), tools });
  },
  reasoning,
  view: (found) => ({
    figures: resultFigures(found),
    meetings: found.meetings.map((meeting) => ({ key: meeting.key, chars: charsOf(meeting) })),
  }),
};
