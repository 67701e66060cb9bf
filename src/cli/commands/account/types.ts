import type { Command } from 'commander';
import type { Estimate } from '../../../contract/estimate.ts';
import type { WorkflowTypeView } from '../../../contract/views.ts';
import { apiCommand } from '../../command.ts';
import { estimateLine } from '../../text/estimate-text.ts';
import { bold, dim, print, printJson } from '../../text/output.ts';
import { printTable } from '../../text/table.ts';

function show(type: WorkflowTypeView, estimate: Estimate): void {
  print(`${bold(type.name)} v${type.version}: ${type.title}\n${type.description}`);
  print(`phases: ${type.phases.map((phase) => phase.name).join(' → ')}`);
  print(estimateLine(estimate) ?? dim('nothing to estimate from yet'));
  print(`input: ${JSON.stringify(type.inputSchema, null, 2)}\noptions: ${JSON.stringify(type.optionsSchema, null, 2)}`);
  // A quote inside the shell's quotes ends them: closed, escaped, opened again.
  const quoted = (value: object): string => JSON.stringify(value).replaceAll("'", "'\\''");
  for (const example of type.examples) print(`example: steward start ${type.name} --input '${quoted(example)}'`);
}

export function typesCommand(): Command {
  return apiCommand<object>({
    name: 'types',
    description: 'List workflow types, or show one',
    example: 'steward types project_planning',
    run: async ({ api, json }, [name]) => {
      if (name !== undefined) {
        const type = await api.getWorkflowType({ type: name });
        if (json) printJson(type);
        else show(type, await api.getEstimate({ type: name }));
        return;
      }
      const types = await api.listWorkflowTypes();
      const columns = [{ title: 'type' }, { title: 'what it does', flexible: true }];
      const rows = types.map((type) => [type.name, type.description]);
      if (json) printJson(types);
      else printTable(columns, rows, 'No workflow types.');
    },
  }).argument('[type]', 'name of a type');
}
