import type { Command } from 'commander';
import { apiCommand, id } from '../../command.ts';
import { note, print, printJson } from '../../text/output.ts';
import { describeRequest } from '../../text/request-text.ts';
import { allRequests } from './find-request.ts';

type RequestsOptions = { readonly all?: boolean; readonly run?: string };

export function requestsCommand(): Command {
  return apiCommand<RequestsOptions>({
    name: 'requests',
    description: 'List what waits for you',
    example: 'steward requests --json | jq -r ".[].id"',
    run: async ({ api, json }, _args, { all, run }) => {
      const requests = await allRequests(api, {
        ...(all === true ? {} : { open: true }),
        ...(run === undefined ? {} : { runId: run }),
      });
      if (json) {
        printJson(requests);
        return;
      }
      if (requests.length === 0) note('Nothing waits for you.');
      for (const request of requests) {
        const status = request.status === 'open' ? '' : ` [${request.status}]`;
        print(`${request.runName}${status}\n${describeRequest(request)}\n`);
      }
    },
  })
    .option('--all', 'closed ones too')
    .option('--run <id>', 'of one run', id);
}
