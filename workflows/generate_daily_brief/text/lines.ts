import { formatMinutes } from '../../shared/format-minutes.ts';
import { groupNames } from '../outputs.ts';
import type { Collected, GroupName, Item, Section } from '../outputs.ts';

const headings: Readonly<Record<GroupName, string>> = {
  overdue: 'Overdue',
  dueToday: 'Due',
  scheduledToday: 'Planned for this day',
  inProgress: 'In progress',
  nextDays: 'In the next seven days',
  blocked: 'Waiting for something else',
};

/** A record's text within a line of Markdown: nothing of it is taken for a heading, a link or a list. */
export function inline(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replaceAll(/([\\`*_[\]<>#|])/gu, '\\$1');
}

function quoted(titles: readonly string[]): string {
  return titles.map((title) => `"${inline(title)}"`).join(', ');
}

function itemLine(item: Item): string {
  const pressing = item.priority === 'high' || item.priority === 'critical' ? [item.priority] : [];
  const about = [...pressing, ...(item.minutes === null ? [] : [formatMinutes(item.minutes)])];
  const waits = item.waitsFor.length === 0 ? '' : `; waits for ${quoted(item.waitsFor)}`;
  const when = item.when === null ? '' : `, ${item.when}`;
  return `- ${inline(item.title)}${about.length === 0 ? '' : ` (${about.join(', ')})`}${when}${waits}`;
}

function listed(lines: readonly string[], most: number): readonly string[] {
  return lines.length <= most ? lines : [...lines.slice(0, most), `- … and ${lines.length - most} more`];
}

/** The tasks of a section in their groups, at most `most` of each. */
export function sectionLines(section: Section, most: number): readonly string[] {
  const groups = groupNames.flatMap((name) => {
    const items = section.tasks[name];
    return items.length === 0 ? [] : [`**${headings[name]}**`, '', ...listed(items.map(itemLine), most), ''];
  });
  const done = section.finished.map((title) => `- ${inline(title)}`);
  return [
    ...groups,
    ...(done.length === 0 ? [] : ['**Finished since the day before**', '', ...listed(done, most), '']),
  ];
}

export function calendarLines({ events, free, isToday }: Collected): readonly string[] {
  const lines = events.map(
    (event) => `- ${event.time} ${inline(event.title)}${event.location === null ? '' : ` (${inline(event.location)})`}`,
  );
  const still = isToday ? 'Still free' : 'Free';
  const time =
    free.minutes === 0
      ? 'No working time is free.'
      : `${still}: ${formatMinutes(free.minutes)} (${free.windows.join(', ')}).`;
  return ['## Calendar', '', ...(lines.length === 0 ? ['No events.'] : lines), '', time, ''];
}
