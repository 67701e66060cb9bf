import type { Command } from 'commander';
import { apiCommand, required } from '../command.ts';
import { bold, dim, note, paint, print, printJson } from '../output.ts';
import type { ProposalView } from '../../contract/views.ts';

function show(proposal: ProposalView): void {
  print(`${bold(proposal.title)}  ${paint(proposal.status)}  revision ${proposal.revision}`);
  print(proposal.summary);
  print(dim(`digest ${proposal.digest}`));
  for (const operation of proposal.operations) {
    const status = operation.status === 'proposed' ? '' : ` ${paint(operation.status)}`;
    print(`${operation.id}${status}  ${operation.title}`);
    print(dim(`    ${operation.error ?? operation.reason}`));
  }
  for (const each of proposal.notes) print(`${bold(each.title)}: ${each.text}`);
}

export function proposalCommand(): Command {
  return apiCommand<object>('proposal', 'Show what would change, or did', async ({ api, json }, args) => {
    const proposal = await api.getProposal({ proposalId: required(args, 0) });
    if (json) printJson(proposal);
    else show(proposal);
  }).argument('<proposal>', 'id of the proposal');
}

export function undoCommand(): Command {
  return apiCommand<{ readonly reason?: string }>('undo', 'Take an applied proposal back', async ({ api, json }, args, { reason }) => {
    const result = await api.undoProposal({ proposalId: required(args, 0), ...(reason === undefined ? {} : { reason }) });
    if (json) {
      printJson(result);
      return;
    }
    note(`Took ${result.undone} operations back.`);
    for (const kept of result.kept) note(`kept ${kept.operationId}: ${kept.reason}`);
  })
    .argument('<proposal>', 'id of the proposal')
    .option('--reason <text>', 'why');
}
