import { z } from 'zod';
import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import { countDone } from '../../../src/contract/operations/words.ts';
import type { ComputationContract } from '../../../src/schemas/workflow-contract.ts';
import type { CalendarAnalysis } from '../contract.ts';
import { readInterpretation, readMeetingTasks, readPatterns, readSuggestions } from '../outputs.ts';
import type { Patterns } from '../shapes.ts';
import { hours, seriesTable, stretchTable, weekdayTable, weekTable } from './tables.ts';

type Report = { readonly markdown: string; readonly highlights: readonly string[] };
type Computed = CalendarAnalysis['computations']['report'];

const mostListed = 20;
const longestHighlight = 280;
const appliedResult = z.object({ counts: z.record(z.string(), z.number()), refused: z.number() });

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];
}

function bullets(lines: readonly string[]): readonly string[] {
  const more = lines.length - mostListed;
  const shown = lines.slice(0, mostListed).map((line) => `- ${line.replaceAll(/\s+/gu, ' ')}`);
  return more > 0 ? [...shown, `- … ${more} more`] : shown;
}

function inWords({ figures, trend, series }: Patterns): readonly string[] {
  const implicit = series.filter(({ kind }) => kind === 'implicit').length;
  const share = Math.round(figures.meetingShare * 100);
  return [
    `${figures.events} events on ${figures.days} days, ${figures.meetings} of them meetings: ${hours(figures.meetingMinutes)} hours, ${figures.hoursPerWeek} a week, ${share}% of working time.`,
    `${series.length - implicit} series of the calendar, and ${implicit} that are none in it.`,
    `Focus time (free stretches of 90 minutes and more): ${hours(figures.focusMinutesPerWeek)} hours a week, ${Math.round(figures.focusShare * 100)}% of the free time.`,
    `Meetings outside working hours: ${figures.outsideHoursMeetings} (${hours(figures.outsideHoursMinutes)} hours). Double-booked: ${hours(figures.doubleBookedMinutes)} hours.`,
    `Hours of meetings a week in the first half of the window: ${trend.before}, in the second: ${trend.after}.`,
  ];
}

function findings(facts: FactSheet): readonly string[] {
  const said = readInterpretation(facts);
  if (said === null) return [];
  const lines = said.findings.map(
    ({ title, explanation, advice, about }) => `**${title}** (${about.join(', ')}): ${explanation} ${advice}`,
  );
  return [said.summary, '', ...bullets(lines)];
}

function conflictLines({ conflicts }: Patterns, tools: DraftTools): readonly string[] {
  return conflicts.map(
    ({ key, first, second, minutes }) =>
      `${key} ${tools.formatInstant(Date.parse(second.start))}: "${first.title}" and "${second.title}", ${minutes} minutes`,
  );
}

function chainLines({ chains }: Patterns, tools: DraftTools): readonly string[] {
  return chains.map(
    ({ start, meetings, minutes }) =>
      `${tools.formatInstant(Date.parse(start))}: ${meetings} meetings, ${hours(minutes)} hours without a break`,
  );
}

function outcomeLines(facts: FactSheet): readonly string[] {
  const done = appliedResult.safeParse(facts.applied).data;
  if (done === undefined) return [];
  const refused = done.refused === 0 ? [] : [`${done.refused} refused`];
  return [...countDone(done.counts), ...refused];
}

function suggestionLines(facts: FactSheet, tools: DraftTools): readonly string[] {
  const projects = readSuggestions(facts).projects.map(
    ({ name, series, existingProjectId, reason }) =>
      `Project "${name}"${existingProjectId === null ? '' : ' (there already)'} from ${series.join(', ')}: ${reason}`,
  );
  const tasks = readMeetingTasks(facts).map(
    ({ meeting, task }) =>
      `Task "${task.title}" for "${meeting.event.title}", ${tools.formatInstant(Date.parse(meeting.event.start))}: ${task.reason}`,
  );
  return [...projects, ...tasks];
}

function markdownOf(facts: FactSheet, tools: DraftTools): string {
  const found = readPatterns(facts);
  const [from, to] = [found.window.from, found.window.to].map((bound) => tools.local(Date.parse(bound)).date);
  const title = `# Calendar, ${from} to ${to}`;
  const problems = section('Not read in full', bullets(found.problems));
  if (found.figures.events === 0) {
    const empty = 'There is no event in this window: nothing to analyze. Import a calendar, or choose another window.';
    return [title, '', empty, '', ...problems].join('\n');
  }
  const [explicit, implicit] = (['explicit', 'implicit'] as const).map((kind) =>
    found.series.filter((each) => each.kind === kind),
  );
  const tableOf = (series: typeof found.series = []): readonly string[] =>
    series.length === 0 ? [] : [seriesTable(series)];
  return [
    title,
    '',
    ...bullets(inWords(found)),
    '',
    ...section('What it means', findings(facts)),
    ...section('By weekday', [weekdayTable(found)]),
    ...section('By week', [weekTable(found)]),
    ...section('Free time', [stretchTable(found)]),
    ...section('Series', tableOf(explicit)),
    ...section('Recurring, though no series in the calendar', tableOf(implicit)),
    ...section('Overlaps', bullets(conflictLines(found, tools))),
    ...section('Back to back', bullets(chainLines(found, tools))),
    ...section('All-day', bullets(found.allDay.map(({ date, title: name, days }) => `${date}: ${name} (${days} d)`))),
    ...section('Suggested', bullets(suggestionLines(facts, tools))),
    ...section('Done', bullets(outcomeLines(facts))),
    ...problems,
  ].join('\n');
}

function highlightsOf(facts: FactSheet): readonly string[] {
  const found = readPatterns(facts);
  if (found.figures.events === 0) return ['There is no event in this window.'];
  const titles = (readInterpretation(facts)?.findings ?? []).map(({ title }) => title);
  return [...inWords(found).slice(0, 3), ...titles.slice(0, 5), ...outcomeLines(facts)].map((line) =>
    line.slice(0, longestHighlight),
  );
}

/** Everything that was found and done, to read. */
export const report: ComputationContract<Report, Computed['params'], Computed['view']> = {
  facts: ['project', 'workload'],
  title: () => 'Write the report',
  compute: (facts, _params, tools) => ({ markdown: markdownOf(facts, tools), highlights: highlightsOf(facts) }),
  reasoning: ({ highlights }) => highlights.join('\n'),
  view: ({ highlights }) => ({ highlights: [...highlights] }),
};
