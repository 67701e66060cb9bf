import type { Command } from 'commander';
import { apiCommand, required } from '../command.ts';
import { dim, formatUsd, paint, print, printJson, printTable, shorten } from '../output.ts';

type StepsOptions = { readonly after?: string; readonly reasons?: boolean };

export function stepsCommand(): Command {
  return apiCommand<StepsOptions>('steps', "Show a run's decision history", async ({ api, json }, args, options) => {
    const { items } = await api.listSteps({ runId: required(args, 0), after: Number(options.after ?? 0), limit: 200 });
    if (json) {
      printJson(items);
      return;
    }
    if (options.reasons === true) {
      for (const step of items) print(`${step.number}  ${step.title}\n${dim(step.reasoning ?? step.error ?? '–')}\n`);
      return;
    }
    const rows = items.map((step) => [
      String(step.number),
      paint(step.status),
      step.phase,
      step.title,
      step.model ?? '',
      step.tokens === 0 ? '' : String(step.tokens),
      step.model === null ? '' : `${formatUsd(step.costUsd)}${step.cached ? ' cached' : ''}`,
      shorten(step.error ?? '', 60),
    ]);
    printTable(['#', 'status', 'phase', 'step', 'model', 'tokens', 'cost', 'error'], rows, 'No steps yet.');
  })
    .argument('<run>', 'id of the run')
    .option('--after <number>', 'only steps after this one')
    .option('--reasons', 'with the reasoning of each');
}
