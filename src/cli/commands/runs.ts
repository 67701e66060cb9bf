import type { Command } from 'commander';
import { runStatuses } from '../../contract/run.ts';
import type { RunStatus } from '../../contract/run.ts';
import { StewardError } from '../../contract/errors.ts';
import { apiCommand } from '../command.ts';
import { formatTime, formatUsd, note, paint, printJson, printTable, shorten } from '../output.ts';

type RunsOptions = { readonly status?: string; readonly type?: string; readonly project?: string; readonly limit?: string; readonly cursor?: string };

function readStatus(text: string): RunStatus {
  const status = runStatuses.find((known) => known === text);
  if (status !== undefined) return status;
  throw new StewardError('invalid_input', `--status: "${text}" is none of ${runStatuses.join(', ')}`);
}

export function runsCommand(): Command {
  return apiCommand<RunsOptions>('runs', 'List runs, newest first', async ({ api, json }, _args, options) => {
    const { items, nextCursor } = await api.listRuns({
      ...(options.status === undefined ? {} : { status: readStatus(options.status) }),
      ...(options.type === undefined ? {} : { type: options.type }),
      ...(options.project === undefined ? {} : { projectId: options.project }),
      ...(options.cursor === undefined ? {} : { cursor: options.cursor }),
      limit: Number(options.limit ?? 20),
    });
    if (json) {
      printJson({ data: items, nextCursor });
      return;
    }
    const rows = items.map((run) => [
      run.id,
      paint(run.status),
      run.waitingOn === null ? (run.phase ?? '') : `on ${run.waitingOn.kind}`,
      formatUsd(run.totalCostUsd),
      formatTime(run.createdAt),
      shorten(run.name, 50),
    ]);
    printTable(['run', 'status', 'at', 'cost', 'created', 'name'], rows, 'No runs. Start one: steward start project_planning --prompt "…" --watch');
    if (nextCursor !== null) note(`More: --cursor ${nextCursor}`);
  })
    .option('--status <status>', runStatuses.join(', '))
    .option('--type <type>', 'workflow type')
    .option('--project <id>', 'of one project')
    .option('--limit <n>', 'how many, 20 when left out')
    .option('--cursor <cursor>', 'go on from here');
}
