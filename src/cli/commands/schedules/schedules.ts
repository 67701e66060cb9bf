import type { Command } from 'commander';
import { apiCommand } from '../../command.ts';
import { wholeNumber } from '../../flags.ts';
import { formatTime } from '../../text/format.ts';
import { note, paint, printJson } from '../../text/output.ts';
import { printTable } from '../../text/table.ts';
import { addCommand } from './add.ts';
import { pauseCommand, removeCommand, resumeCommand, runNowCommand, showCommand } from './control.ts';
import { setCommand } from './set.ts';

const columns = [
  { title: 'id' },
  { title: 'status' },
  { title: 'name', flexible: true },
  { title: 'type', optional: true },
  { title: 'cron' },
  { title: 'zone', optional: true },
  { title: 'next' },
  { title: 'last error', optional: true, flexible: true },
];

type ListOptions = { readonly limit?: number; readonly cursor?: string };

/** `steward schedules` lists; what is done to one is a command under it. */
export function schedulesCommand(): Command {
  const group = apiCommand<ListOptions>({
    name: 'schedules',
    description: 'List schedules; add, show, set, pause, resume, run and remove them',
    example: 'steward schedules',
    run: async ({ api, json }, _args, options) => {
      const found = await api.listSchedules(options);
      const rows = found.items.map((one) => [
        one.id,
        paint(one.status),
        one.name,
        one.type,
        one.cron,
        one.timeZone,
        formatTime(one.nextAt),
        one.lastError ?? '',
      ]);
      if (json) {
        printJson({ data: found.items, nextCursor: found.nextCursor });
        return;
      }
      printTable(
        columns,
        rows,
        'No schedules. Make one: steward schedules add <type> --cron "0 7 * * MON" --prompt "…"',
      );
      if (found.nextCursor !== null) note(`More: --cursor ${found.nextCursor}`);
    },
  })
    .option('--limit <n>', 'most entries of the page', wholeNumber({ min: 1, max: 200 }))
    .option('--cursor <cursor>', 'the next page: what --json gives as nextCursor');
  const under = [addCommand, showCommand, setCommand, pauseCommand, resumeCommand, runNowCommand, removeCommand];
  for (const make of under) group.addCommand(make());
  return group;
}
