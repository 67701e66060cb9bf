import type { ProposalView } from '../../contract/views.ts';
import { describeChanges } from './change-text.ts';
import { bold, dim, paint } from './output.ts';

/** A proposal with every operation, its reason, and what is worth knowing beside it. */
export function describeProposal(proposal: ProposalView): string {
  const operations = proposal.operations.flatMap((operation) => {
    const status = operation.status === 'proposed' ? '' : ` ${paint(operation.status)}`;
    return [
      `${operation.id}${status}  ${operation.title}`,
      ...describeChanges(operation).map((line) => `    ${line}`),
      dim(`    ${operation.error ?? operation.reason}`),
    ];
  });
  return [
    `${bold(proposal.title)}  ${paint(proposal.status)}  revision ${proposal.revision}`,
    proposal.summary,
    dim(`digest ${proposal.digest}`),
    ...operations,
    ...proposal.notes.map((each) => `${bold(each.title)}: ${each.text}`),
  ].join('\n');
}
