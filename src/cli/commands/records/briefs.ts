import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { apiCommand } from '../../command.ts';
import { wholeNumber } from '../../flags.ts';
import { note, print, printJson } from '../../text/output.ts';
import { printTable } from '../../text/table.ts';

type Options = { readonly limit?: number; readonly cursor?: string };

const columns = [{ title: 'date' }, { title: 'zone', optional: true }, { title: 'first', flexible: true }];

function day(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('Expected a day, such as 2026-12-01.');
}

/** `steward briefs` lists daily briefs; with a day it prints that day's. */
export function briefsCommand(): Command {
  return apiCommand<Options>({
    name: 'briefs',
    description: 'List your daily briefs, or print the one of a day as Markdown',
    example: 'steward briefs 2026-12-01',
    run: async ({ api, json }, [date], options) => {
      const { items, nextCursor } = await api.listBriefs({ ...options, ...(date === undefined ? {} : { date }) });
      if (json) {
        printJson({ data: items, nextCursor });
        return;
      }
      const [brief] = items;
      if (date !== undefined && brief !== undefined) {
        print(brief.content);
        return;
      }
      const rows = items.map((each) => [each.date, each.timeZone, each.priorityActions[0] ?? '']);
      const none = date === undefined ? 'No briefs.' : `No brief of ${date}.`;
      printTable(columns, rows, `${none} A run that writes briefs makes one: steward types`);
      if (nextCursor !== null) note(`More: --cursor ${nextCursor}`);
    },
  })
    .argument('[date]', 'a day as YYYY-MM-DD', day)
    .option('--limit <n>', 'most entries of the page', wholeNumber({ min: 1, max: 200 }))
    .option('--cursor <cursor>', 'the next page: what --json gives as nextCursor');
}
