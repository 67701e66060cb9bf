import type { Command } from 'commander';
import { apiCommand, required } from '../../command.ts';
import { estimateTable } from '../../text/estimate-text.ts';
import { print, printJson } from '../../text/output.ts';

export function estimateCommand(): Command {
  return apiCommand<object>({
    name: 'estimate',
    description: 'Show what a run of a type will probably take',
    example: 'steward estimate project_planning',
    run: async ({ api, json }, args) => {
      const estimate = await api.getEstimate({ type: required(args, 0, 'type') });
      if (json) printJson(estimate);
      else print(estimateTable(estimate));
    },
  }).argument('<type>', 'name of a type; "steward types" lists them');
}
