import { Option } from 'commander';
import type { Command } from 'commander';
import { usageGroups } from '../../../api/usage-api.ts';
import type { UsageGroup } from '../../../api/usage-api.ts';
import { apiCommand, id } from '../../command.ts';
import { instantOrDay } from '../../flags.ts';
import { formatUsd } from '../../text/format.ts';
import { printJson } from '../../text/output.ts';
import { printTable } from '../../text/table.ts';

type UsageOptions = {
  readonly by: UsageGroup;
  readonly from?: string;
  readonly to?: string;
  readonly run?: string;
  readonly type?: string;
  readonly project?: string;
};

const figures = [
  { title: 'calls' },
  { title: 'cached', optional: true },
  { title: 'failed', optional: true },
  { title: 'prompt' },
  { title: 'completion' },
  { title: 'cost' },
  { title: 'unknown' },
];

export function usageCommand(): Command {
  return apiCommand<UsageOptions>({
    name: 'usage',
    description: 'Show what models cost',
    example: 'steward usage --by model --from 2026-11-01',
    run: async ({ api, json }, _args, { by, run, project, ...window }) => {
      const rows = await api.getUsage({
        by,
        ...window,
        ...(run === undefined ? {} : { runId: run }),
        ...(project === undefined ? {} : { projectId: project }),
      });
      if (json) {
        printJson(rows);
        return;
      }
      const cells = rows.map((row) => [
        row.group,
        String(row.calls),
        String(row.cachedCalls),
        String(row.failedCalls),
        String(row.promptTokens),
        String(row.completionTokens),
        formatUsd(row.costUsd),
        String(row.unknownCostCalls),
      ]);
      printTable([{ title: by, flexible: true }, ...figures], cells, 'No model calls yet.');
    },
  })
    .addOption(new Option('--by <group>', 'group by').choices(usageGroups).default('day'))
    .option('--from <time>', 'a day or ISO 8601, inclusive', instantOrDay)
    .option('--to <time>', 'a day or ISO 8601, exclusive', instantOrDay)
    .option('--run <id>', 'of one run', id)
    .option('--type <type>', 'of one workflow type')
    .option('--project <id>', 'of one project', id);
}
