import type { Command } from 'commander';
import { StewardError } from '../../contract/errors.ts';
import { withoutOperations } from '../../contract/proposal.ts';
import { apiCommand, required } from '../command.ts';
import type { Session } from '../command.ts';
import { note, printJson } from '../output.ts';

type ApproveOptions = { readonly only?: readonly string[]; readonly except?: readonly string[]; readonly digest?: string; readonly comment?: string };

async function findProposal({ api }: Session, requestId: string) {
  const { items } = await api.listRequests({ open: true });
  const request = items.find((each) => each.id === requestId);
  if (request?.proposalId == null) throw new StewardError('not_found', `${requestId} is no open approval; "steward requests" lists what is open`);
  return await api.getProposal({ proposalId: request.proposalId });
}

async function approve(session: Session, args: readonly string[], options: ApproveOptions): Promise<void> {
  const requestId = required(args, 0);
  const proposal = await findProposal(session, requestId);
  const left = options.except === undefined ? options.only : withoutOperations(proposal.operations, options.except);
  const receipt = await session.api.decideRequest({
    requestId,
    decision: 'approve',
    // Bound to what was just read: should it change meanwhile, the decision is refused as stale.
    digest: options.digest ?? proposal.digest,
    ...(left === undefined ? {} : { operations: left }),
    ...(options.comment === undefined ? {} : { comment: options.comment }),
  });
  if (session.json) printJson(receipt);
  else note(`Approved ${left?.length ?? proposal.operations.length} of ${proposal.operations.length} operations.`);
  const dropped = proposal.operations.length - (left?.length ?? proposal.operations.length) - (options.except?.length ?? 0);
  if (options.except !== undefined && dropped > 0 && !session.json) note(`${dropped} more were left out because they need what you refused.`);
}

export function approveCommand(): Command {
  return apiCommand<ApproveOptions>('approve', 'Approve a proposal, whole or in part', approve)
    .argument('<request>', 'id of the request')
    .option('--only <operations...>', 'accept just these')
    .option('--except <operations...>', 'accept all but these and what needs them')
    .option('--digest <digest>', 'refuse unless the proposal still has this digest')
    .option('--comment <text>', 'a word on it');
}

export function rejectCommand(): Command {
  return apiCommand<{ readonly comment?: string; readonly digest?: string }>('reject', 'Reject a proposal; with a reason it is planned anew', async ({ api, json }, args, options) => {
    const { comment, digest } = options;
    const receipt = await api.decideRequest({
      requestId: required(args, 0),
      decision: 'reject',
      ...(comment === undefined ? {} : { comment }),
      ...(digest === undefined ? {} : { digest }),
    });
    if (json) printJson(receipt);
    else note('Rejected.');
  })
    .argument('<request>', 'id of the request')
    .option('-m, --comment <text>', 'why, and what should be different')
    .option('--digest <digest>', 'refuse unless the proposal still has this digest');
}
