import type { Command } from 'commander';
import { apiCommand, id, required } from '../../command.ts';
import { count } from '../../text/format.ts';
import { note, print, printJson } from '../../text/output.ts';
import { describeProposal } from '../../text/proposal-text.ts';

export function proposalCommand(): Command {
  return apiCommand<object>({
    name: 'proposal',
    description: 'Show what would change, or did',
    example: 'steward proposal 3c71bd18-7004-5a52-b972-ebde53328d56',
    run: async ({ api, json }, args) => {
      const proposal = await api.getProposal({ proposalId: required(args, 0, 'proposal') });
      if (json) printJson(proposal);
      else print(describeProposal(proposal));
    },
  }).argument('<proposal>', 'id of the proposal', id);
}

export function undoCommand(): Command {
  return apiCommand<{ readonly reason?: string }>({
    name: 'undo',
    description: 'Take an applied proposal back',
    example: 'steward undo 3c71bd18-7004-5a52-b972-ebde53328d56 --reason "Wrong year"',
    run: async ({ api, json }, args, { reason }) => {
      const proposalId = required(args, 0, 'proposal');
      const result = await api.undoProposal({ proposalId, ...(reason === undefined ? {} : { reason }) });
      if (json) {
        printJson(result);
        return;
      }
      note(`Took ${count(result.undone, 'operation')} back.`);
      for (const kept of result.kept) note(`kept ${kept.operationId}: ${kept.reason}`);
    },
  })
    .argument('<proposal>', 'id of the proposal', id)
    .option('--reason <text>', 'why');
}
