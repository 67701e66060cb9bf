import { rhythmWords, weekdayName } from '../cadence-words.ts';
import type { Patterns, Series } from '../shapes.ts';

const mostSeries = 40;
const mostWeeks = 60;

/** `1:30` hours. */
export function hours(minutes: number): string {
  const whole = Math.round(minutes);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

// A bar in a cell may break no table, and a title no line.
function cell(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll('|', '\\|').trim();
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Weekday × hours: on an average such day of the window. */
export function weekdayTable({ weekdays }: Patterns): string {
  const rows = weekdays
    .filter(({ days }) => days > 0)
    .map(({ weekday, days, minutes, use }) => [
      weekdayName(weekday),
      hours(minutes),
      hours(minutes / days),
      use.working === 0 ? '–' : `${Math.round((use.meetings / use.working) * 100)}%`,
      hours(use.free / days),
    ]);
  return table(['day', 'meetings in all', 'on average', 'of working time', 'free on average'], rows);
}

export function weekTable({ weeks }: Patterns): string {
  const rows = weeks
    .slice(-mostWeeks)
    .map(({ start, minutes, focus, use }) => [start, hours(minutes), hours(use.blocks), hours(use.free), hours(focus)]);
  return table(['week of', 'meetings', 'blocks of work', 'free', 'focus (90 min and more)'], rows);
}

export function stretchTable({ figures }: Patterns): string {
  return table(
    ['free stretches', 'number', 'hours'],
    figures.freeStretches.map(({ label, count, minutes }) => [label, String(count), hours(minutes)]),
  );
}

export function seriesTable(series: readonly Series[]): string {
  const rows = series
    .slice(0, mostSeries)
    .map((each) => [
      each.key,
      each.title,
      rhythmWords(each),
      String(each.occurrences),
      String(each.hoursPerMonth),
      each.kind === 'explicit' ? '' : `${each.hits} of ${each.expected} (${each.confidence})`,
      each.next.join(', '),
    ]);
  return table(['', 'title', 'rhythm', 'times', 'hours a month', 'kept (confidence)', 'next'], rows);
}
