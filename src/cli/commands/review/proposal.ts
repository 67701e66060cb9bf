import type { Command } from 'commander';
import type { StewardApi } from '../../../api/steward-api.ts';
import { StewardError } from '../../../contract/errors.ts';
import type { ProposalView } from '../../../contract/views.ts';
import { apiCommand, id, required } from '../../command.ts';
import { count } from '../../text/format.ts';
import { note, print, printJson } from '../../text/output.ts';
import { describeProposal } from '../../text/proposal-text.ts';
import { readFirst, readWhole } from './read-proposal.ts';

// What a person can look through on a terminal.
const shown = 100;

/**
 * The proposal that `given` names by its own id, or the latest of the run that it names, with its first operations.
 * Throws `not_found`.
 */
async function findProposal(api: StewardApi, given: string): Promise<ProposalView> {
  try {
    return await readFirst(api, given, shown);
  } catch (error) {
    if (!(error instanceof StewardError) || error.code !== 'not_found') throw error;
    const run = await api.getRun({ runId: given }).catch(() => null);
    const latest = run?.proposals.at(-1);
    if (latest !== undefined) return await readFirst(api, latest.id, shown);
    if (run === null) throw error;
    throw new StewardError('not_found', `Run ${given} has made no proposal.`);
  }
}

export function proposalCommand(): Command {
  return apiCommand<{ readonly all?: boolean }>({
    name: 'proposal',
    description: 'Show what would change, or did',
    example: 'steward proposal 3c71bd18-7004-5a52-b972-ebde53328d56',
    run: async ({ api, json }, args, { all = false }) => {
      const found = await findProposal(api, required(args, 0, 'proposal'));
      const proposal = (all || json) && found.nextCursor !== null ? await readWhole(api, found.id) : found;
      if (json) printJson(proposal);
      else print(describeProposal(proposal));
    },
  })
    .argument('<proposal>', 'id of the proposal, or of its run', id)
    .option('--all', `every operation, also of one with more than ${shown}`);
}

export function undoCommand(): Command {
  return apiCommand<{ readonly reason?: string }>({
    name: 'undo',
    description: 'Take an applied proposal back',
    example: 'steward undo 3c71bd18-7004-5a52-b972-ebde53328d56 --reason "Wrong year"',
    run: async ({ api, json }, args, { reason }) => {
      const { id: proposalId } = await findProposal(api, required(args, 0, 'proposal'));
      const result = await api.undoProposal({ proposalId, ...(reason === undefined ? {} : { reason }) });
      if (json) {
        printJson(result);
        return;
      }
      note(`Took ${count(result.undone, 'operation')} back.`);
      for (const kept of result.kept) note(`kept ${kept.operationId}: ${kept.reason}`);
      const more = (result.keptCount ?? 0) - result.kept.length;
      if (more > 0) note(`kept ${more} more: steward proposal ${proposalId} --all`);
    },
  })
    .argument('<proposal>', 'id of the proposal, or of its run', id)
    .option('--reason <text>', 'why');
}
