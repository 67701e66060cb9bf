import type { ProposalView } from '../../contract/views.ts';
import { describeChanges } from './change-text.ts';
import { bold, dim, paint } from './output.ts';

/** How many there are of what one page can't show, and how to see the rest. */
function describeRest({ id, operations, operationCount, statuses }: ProposalView): readonly string[] {
  if (operations.length === operationCount) return [];
  const stand = Object.entries(statuses).map(([status, count]) => `${count} ${status}`);
  return [
    `… and ${operationCount - operations.length} more of ${operationCount} operations (${stand.join(', ')})`,
    `    all of them: steward proposal ${id} --all`,
  ];
}

/** A proposal with each operation that was read of it, its reason, and what is worth knowing beside it. */
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
    ...describeRest(proposal),
    ...proposal.notes.map((each) => `${bold(each.title)}: ${each.text}`),
  ].join('\n');
}
