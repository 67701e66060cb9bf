import type { Command } from 'commander';
import { withoutOperations } from '../../../contract/proposal.ts';
import type { ProposalView } from '../../../contract/views.ts';
import { askYes } from '../../ask/terminal.ts';
import { apiCommand, id } from '../../command.ts';
import type { Session } from '../../command.ts';
import { count } from '../../text/format.ts';
import { note, printJson } from '../../text/output.ts';
import { describeProposal } from '../../text/proposal-text.ts';
import { Cancelled, UsageError } from '../../usage-error.ts';
import { findRequest } from './find-request.ts';
import { readFirst, readWhole } from './read-proposal.ts';

type ApproveOptions = {
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  readonly digest?: string;
  readonly comment?: string;
  readonly yes?: boolean;
};

/** Ids of what is accepted. Throws `UsageError` naming ids that the proposal doesn't have. */
export function chosenOperations(proposal: ProposalView, { only, except }: ApproveOptions): readonly string[] {
  if (only !== undefined && except !== undefined) throw new UsageError('--only and --except: give one of the two');
  const known = new Set(proposal.operations.map((operation) => operation.id));
  const unknown = [...(only ?? []), ...(except ?? [])].filter((each) => !known.has(each));
  if (unknown.length > 0) {
    const flag = only === undefined ? '--except' : '--only';
    throw new UsageError(
      `${flag}: the proposal has no ${unknown.join(', ')}; "steward proposal ${proposal.id}" shows what it has`,
    );
  }
  return only ?? withoutOperations(proposal.operations, except ?? []);
}

// What a person can look through on a terminal before they agree.
const shown = 100;

async function confirmed({ terminal }: Session, proposal: ProposalView, accepted: number): Promise<void> {
  if (terminal === null) return;
  const few = { ...proposal, operations: proposal.operations.slice(0, shown) };
  terminal.output.write(`${describeProposal(few)}\n`);
  const all = proposal.operationCount;
  if (!(await askYes(terminal, `Approve ${accepted} of ${count(all, 'operation')}?`))) throw new Cancelled();
}

async function approve(session: Session, args: readonly string[], options: ApproveOptions): Promise<void> {
  const request = await findRequest(session, args[0], 'decided');
  if (request.proposalId === null) throw new UsageError(`${request.id} is a question: steward answer ${request.id}`);
  const { only, except } = options;
  const whole = only === undefined && except === undefined;
  // What is chosen is looked up among all operations; of the whole a count will do.
  const read = whole ? readFirst(session.api, request.proposalId, shown) : readWhole(session.api, request.proposalId);
  const proposal = await read;
  const accepted = whole ? proposal.operationCount : chosenOperations(proposal, options).length;
  if (options.yes !== true) await confirmed(session, proposal, accepted);
  const receipt = await session.api.decideRequest({
    requestId: request.id,
    decision: 'approve',
    // Bound to what was just read: should it change meanwhile, the decision is refused as stale.
    digest: options.digest ?? proposal.digest,
    ...(only === undefined ? {} : { operations: only }),
    ...(except === undefined ? {} : { except }),
    ...(options.comment === undefined ? {} : { comment: options.comment }),
  });
  if (session.json) {
    printJson(receipt);
    return;
  }
  const all = proposal.operationCount;
  note(receipt.duplicate ? 'Taken already.' : `Approved ${accepted} of ${count(all, 'operation')}.`);
  const dropped = all - accepted - new Set(options.except ?? []).size;
  if (options.except !== undefined && dropped > 0) note(`${dropped} more left out, for they need what you refused.`);
}

export function approveCommand(): Command {
  return apiCommand<ApproveOptions>({
    name: 'approve',
    description: 'Approve a proposal, whole or in part; on a terminal it is shown first',
    example: 'steward approve 03e2ca28-421b-4dc9-998c-d5759629e9e4 --except event-2 task-5',
    run: approve,
  })
    .argument('[request]', 'id of the request, of its proposal, or of its run', id)
    .option('--only <operations...>', 'accept just these')
    .option('--except <operations...>', 'accept all but these and what needs them')
    .option('--digest <digest>', 'refuse unless the proposal still has this digest')
    .option('--comment <text>', 'a word on it')
    .option('-y, --yes', 'do not ask');
}
