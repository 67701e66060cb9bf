import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { apiCommand, required } from '../command.ts';
import { formatTime, note, printJson, printTable } from '../output.ts';

const dayMs = 86_400_000;

type WindowOptions = { readonly from?: string; readonly to?: string };

function readWindow(options: WindowOptions): { readonly from: string; readonly to: string } {
  const from = options.from ?? new Date().toISOString();
  return { from, to: options.to ?? new Date(Date.parse(from) + 14 * dayMs).toISOString() };
}

function importCommand(): Command {
  return apiCommand<object>('import', 'Bring an iCalendar file in', async ({ api, json }, args) => {
    const report = await api.importCalendar({ text: await readFile(required(args, 0), 'utf8') });
    if (json) printJson(report);
    else note(`${report.created} created, ${report.updated} updated, ${report.unchanged} unchanged, ${report.skipped} skipped, ${report.problems.length} problems`);
  }).argument('<file.ics>');
}

function eventsCommand(): Command {
  return apiCommand<WindowOptions>('events', 'List every event of a window, recurrences expanded', async ({ api, json }, _args, options) => {
    const events = await api.listCalendarEvents(readWindow(options));
    if (json) printJson(events);
    else printTable(['start', 'end', 'title'], events.map((event) => [formatTime(event.start), formatTime(event.end), event.title]), 'No events.');
  })
    .option('--from <time>', 'ISO 8601; now when left out')
    .option('--to <time>', 'ISO 8601; two weeks later when left out');
}

function freeCommand(): Command {
  return apiCommand<WindowOptions>('free', 'List free working time', async ({ api, json }, _args, options) => {
    const { free, timeZone } = await api.getFreeBusy(readWindow(options));
    if (json) printJson({ timeZone, free });
    else printTable(['from', 'to'], free.map((span) => [formatTime(span.start), formatTime(span.end)]), 'No free time.');
  })
    .option('--from <time>', 'ISO 8601; now when left out')
    .option('--to <time>', 'ISO 8601; two weeks later when left out');
}

function feedCommand(): Command {
  return apiCommand<object>('feed', 'Make a new secret address of your calendar feed', async ({ api }) => printJson(await api.createFeed()));
}

export function calendarCommand(): Command {
  const group = new Command('calendar').description('Your calendar: import, events, free, feed');
  for (const make of [importCommand, eventsCommand, freeCommand, feedCommand]) group.addCommand(make());
  return group;
}
