import type { Command } from 'commander';
import { apiCommand, id } from '../../command.ts';
import { note, printJson } from '../../text/output.ts';
import { findRequest } from './find-request.ts';

type RejectOptions = { readonly comment?: string; readonly digest?: string };

export function rejectCommand(): Command {
  return apiCommand<RejectOptions>({
    name: 'reject',
    description: 'Reject a proposal; with a comment it is planned anew',
    example: 'steward reject 03e2ca28-421b-4dc9-998c-d5759629e9e4 --comment "Not on weekends"',
    run: async (session, args, options) => {
      const request = await findRequest(session, args[0], 'decided');
      const receipt = await session.api.decideRequest({ requestId: request.id, decision: 'reject', ...options });
      if (session.json) printJson(receipt);
      else note(receipt.duplicate ? 'Taken already.' : 'Rejected.');
    },
  })
    .argument('[request]', 'id of the request, of its proposal, or of its run', id)
    .option('-m, --comment <text>', 'why, and what should be different')
    .option('--digest <digest>', 'refuse unless the proposal still has this digest');
}
