import type { Command } from 'commander';
import { apiCommand } from '../command.ts';
import { note, print, printJson } from '../output.ts';
import { describeRequest } from '../request-text.ts';

type RequestsOptions = { readonly all?: boolean; readonly run?: string };

export function requestsCommand(): Command {
  return apiCommand<RequestsOptions>('requests', 'List what waits for you', async ({ api, json }, _args, options) => {
    const { items } = await api.listRequests({ ...(options.all === true ? {} : { open: true }), ...(options.run === undefined ? {} : { runId: options.run }) });
    if (json) {
      printJson(items);
      return;
    }
    if (items.length === 0) note('Nothing waits for you.');
    for (const request of items) print(`${request.runName}${request.status === 'open' ? '' : ` [${request.status}]`}\n${describeRequest(request)}\n`);
  })
    .option('--all', 'closed ones too')
    .option('--run <id>', 'of one run');
}
