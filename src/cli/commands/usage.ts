import type { Command } from 'commander';
import { usageGroups } from '../../api/usage-api.ts';
import type { UsageGroup } from '../../api/usage-api.ts';
import { StewardError } from '../../contract/errors.ts';
import { apiCommand } from '../command.ts';
import { formatUsd, printJson, printTable } from '../output.ts';

type UsageOptions = { readonly by?: string; readonly from?: string; readonly to?: string; readonly run?: string };

function readGroup(text: string): UsageGroup {
  const group = usageGroups.find((known) => known === text);
  if (group !== undefined) return group;
  throw new StewardError('invalid_input', `--by: "${text}" is none of ${usageGroups.join(', ')}`);
}

export function usageCommand(): Command {
  return apiCommand<UsageOptions>('usage', 'Show what models cost', async ({ api, json }, _args, options) => {
    const by = readGroup(options.by ?? 'day');
    const rows = await api.getUsage({
      by,
      ...(options.from === undefined ? {} : { from: options.from }),
      ...(options.to === undefined ? {} : { to: options.to }),
      ...(options.run === undefined ? {} : { runId: options.run }),
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
    printTable([by, 'calls', 'cached', 'failed', 'prompt', 'completion', 'cost', 'unknown'], cells, 'No model calls yet.');
  })
    .option('--by <group>', usageGroups.join(', '))
    .option('--from <time>', 'ISO 8601, inclusive')
    .option('--to <time>', 'ISO 8601, exclusive')
    .option('--run <id>', 'of one run');
}
