import type { Command } from 'commander';
import { apiCommand, required } from '../../command.ts';
import { estimateTable } from '../../text/estimate-text.ts';
import { print, printJson } from '../../text/output.ts';
import { addInputFlags, readInput } from '../runs/start-input.ts';
import type { InputOptions } from '../runs/start-input.ts';

export function estimateCommand(): Command {
  const command = apiCommand<InputOptions>({
    name: 'estimate',
    description: 'Show what a run of a type will probably take: by your past runs, before the first by its input',
    example: 'steward estimate project_planning "Plan my move to Berlin"',
    run: async ({ api, json }, args, options) => {
      const type = required(args, 0, 'type');
      const estimate = await api.getEstimate({ type, input: await readInput({ ...options, words: args.slice(1) }) });
      if (json) printJson(estimate);
      else print(estimateTable(estimate));
    },
  })
    .argument('<type>', 'name of a type; "steward types" lists them')
    .argument('[prompt...]', 'what you want, in your own words; the same as --prompt');
  return addInputFlags(command);
}
