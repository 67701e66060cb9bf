import type { Command } from 'commander';
import { apiCommand } from '../command.ts';
import { bold, dim, formatUsd, print, printJson, printTable } from '../output.ts';
import type { WorkflowTypeView } from '../../contract/views.ts';

function show(type: WorkflowTypeView): void {
  print(`${bold(type.name)} v${type.version}: ${type.title}\n${type.description}`);
  print(`phases: ${type.phases.map((phase) => phase.name).join(' → ')}`);
  const { estimate } = type;
  print(estimate === null ? dim('no finished runs to estimate from yet') : `typically ${formatUsd(estimate.medianCostUsd)}, ${estimate.medianTokens} tokens (${estimate.runs} runs)`);
  print(`input: ${JSON.stringify(type.inputSchema, null, 2)}\noptions: ${JSON.stringify(type.optionsSchema, null, 2)}`);
  for (const example of type.examples) print(`example: steward start ${type.name} --input '${JSON.stringify(example)}'`);
}

export function typesCommand(): Command {
  return apiCommand<object>('types', 'List workflow types, or show one', async ({ api, json }, args) => {
    const [name] = args;
    if (name !== undefined) {
      const type = await api.getWorkflowType({ type: name });
      if (json) printJson(type);
      else show(type);
      return;
    }
    const types = await api.listWorkflowTypes();
    if (json) printJson(types);
    else printTable(['type', 'what it does'], types.map((type) => [type.name, type.description]), 'No workflow types.');
  }).argument('[type]', 'name of a type');
}
