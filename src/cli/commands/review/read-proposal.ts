import type { StewardApi } from '../../../api/steward-api.ts';
import type { OperationView, ProposalView } from '../../../contract/views.ts';

// As many as a page may have.
const pageSize = 1_000;

type Api = Pick<StewardApi, 'getProposal'>;

/** A proposal with its first operations, at most so many. */
export async function readFirst(api: Api, proposalId: string, most: number): Promise<ProposalView> {
  return await api.getProposal({ proposalId, limit: Math.min(most, pageSize) });
}

/** A proposal with all of its operations, over as many pages as there are. */
export async function readWhole(api: Api, proposalId: string): Promise<ProposalView> {
  const first = await readFirst(api, proposalId, pageSize);
  const operations: OperationView[] = [...first.operations];
  let { nextCursor } = first;
  while (nextCursor !== null) {
    const page = await api.getProposal({ proposalId, cursor: nextCursor, limit: pageSize });
    operations.push(...page.operations);
    ({ nextCursor } = page);
  }
  return { ...first, operations, nextCursor };
}
