import { Command } from 'commander';
import { apiCommand, required } from '../../command.ts';
import { instantOrDay, readTextFile } from '../../flags.ts';
import { eventTime, formatTime } from '../../text/format.ts';
import { note, print, printJson } from '../../text/output.ts';
import { printTable } from '../../text/table.ts';

const dayMs = 86_400_000;

type WindowOptions = { readonly from?: string; readonly to?: string };

function readWindow(options: WindowOptions): { readonly from: string; readonly to: string } {
  const from = options.from ?? new Date().toISOString();
  return { from, to: options.to ?? new Date(Date.parse(from) + 14 * dayMs).toISOString() };
}

function withWindow(command: Command): Command {
  return command
    .option('--from <time>', 'a day or ISO 8601; now when left out', instantOrDay)
    .option('--to <time>', 'a day or ISO 8601; two weeks later when left out', instantOrDay);
}

function importCommand(): Command {
  return apiCommand<object>({
    name: 'import',
    description: 'Bring an iCalendar file in; a second time changes only what changed',
    example: 'steward calendar import holidays.ics',
    run: async ({ api, json }, args) => {
      const text = await readTextFile(required(args, 0, 'file.ics'), 'file.ics');
      const report = await api.importCalendar({ text });
      const { created, updated, unchanged, skipped, problems } = report;
      if (json) {
        printJson(report);
        return;
      }
      note(`${created} created, ${updated} updated, ${unchanged} unchanged, ${skipped} skipped`);
      for (const problem of problems) note(`  ${typeof problem === 'string' ? problem : JSON.stringify(problem)}`);
    },
  }).argument('<file.ics>', 'an iCalendar file');
}

function eventsCommand(): Command {
  const command = apiCommand<WindowOptions>({
    name: 'events',
    description: 'List every event of a window, recurrences expanded',
    example: 'steward calendar events --from 2026-12-01 --to 2027-01-01',
    run: async ({ api, json }, _args, options) => {
      const events = await api.listCalendarEvents(readWindow(options));
      const columns = [
        { title: 'start' },
        { title: 'end' },
        { title: 'title', flexible: true },
        { title: 'tasks', optional: true, flexible: true },
      ];
      const rows = events.map(({ start, end, allDay, title, tasks }) => [
        eventTime(start, allDay),
        eventTime(end, allDay),
        title,
        tasks.map((task) => `${task.role}: ${task.title}`).join(', '),
      ]);
      if (json) printJson(events);
      else printTable(columns, rows, 'No events.');
    },
  });
  return withWindow(command);
}

function freeCommand(): Command {
  const command = apiCommand<WindowOptions>({
    name: 'free',
    description: 'List free working time',
    example: 'steward calendar free --from 2026-12-01',
    run: async ({ api, json }, _args, options) => {
      const { free, timeZone } = await api.getFreeBusy(readWindow(options));
      const rows = free.map((span) => [formatTime(span.start), formatTime(span.end)]);
      if (json) printJson({ timeZone, free });
      else printTable([{ title: 'from' }, { title: 'to' }], rows, 'No free time.');
    },
  });
  return withWindow(command);
}

function feedCommand(): Command {
  return apiCommand<object>({
    name: 'feed',
    description: 'Make a new secret address of your calendar feed; the old one stops working',
    example: 'steward calendar feed',
    run: async ({ api, json }) => {
      const feed = await api.createFeed();
      if (json) printJson(feed);
      else print(feed.path);
    },
  });
}

export function calendarCommand(): Command {
  const group = new Command('calendar').description('Your calendar: import, events, free, feed');
  for (const make of [importCommand, eventsCommand, freeCommand, feedCommand]) group.addCommand(make());
  return group;
}
