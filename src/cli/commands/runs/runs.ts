import { Option } from 'commander';
import type { Command } from 'commander';
import { runStatuses, waitingFilters } from '../../../contract/run.ts';
import type { RunStatus } from '../../../contract/run.ts';
import { apiCommand, id } from '../../command.ts';
import { wholeNumber } from '../../flags.ts';
import { formatTime, formatUsd, shorten } from '../../text/format.ts';
import { note, paint, printJson } from '../../text/output.ts';
import { printTable } from '../../text/table.ts';

type RunsOptions = {
  readonly status?: RunStatus;
  readonly type?: string;
  readonly project?: string;
  readonly waitingOn?: string;
  readonly limit: number;
  readonly cursor?: string;
};

const columns = [
  { title: 'run' },
  { title: 'status' },
  { title: 'at' },
  { title: 'name', flexible: true },
  { title: 'cost', optional: true },
  { title: 'created', optional: true },
];

export function runsCommand(): Command {
  return apiCommand<RunsOptions>({
    name: 'runs',
    description: 'List runs, newest first',
    example: 'steward runs --status waiting --limit 50',
    run: async ({ api, json }, _args, { project, ...filter }) => {
      const { items, nextCursor } = await api.listRuns({
        ...filter,
        ...(project === undefined ? {} : { projectId: project }),
      });
      if (json) {
        printJson({ data: items, nextCursor });
        return;
      }
      const rows = items.map((run) => [
        run.id,
        paint(run.status),
        run.waitingOn === null ? (run.phase ?? '') : `on ${run.waitingOn.kind}`,
        shorten(run.name, 80),
        formatUsd(run.totalCostUsd),
        formatTime(run.createdAt),
      ]);
      printTable(columns, rows, 'No runs. Start one: steward start project_planning --prompt "…" --watch');
      if (nextCursor !== null) note(`More: --cursor ${nextCursor}`);
    },
  })
    .addOption(new Option('--status <status>', 'with this status').choices(runStatuses))
    .option('--type <type>', 'workflow type')
    .option('--project <id>', 'of one project', id)
    .addOption(new Option('--waiting-on <kind>', 'what they wait on; person: on any answer').choices(waitingFilters))
    .option('--limit <n>', 'how many', wholeNumber({ min: 1, max: 1000 }), 20)
    .option('--cursor <cursor>', 'go on from here');
}
