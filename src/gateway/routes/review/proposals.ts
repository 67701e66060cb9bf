import { z } from 'zod';
import { dataOf } from '../../../schemas/views/common.ts';
import { proposalView, undoResult } from '../../../schemas/views/proposal.ts';
import { id, paging, reasonText } from '../../http/inputs.ts';
import { ok } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';

const params = z.object({ proposalId: id });

export const proposalRoutes = [
  defineRoute({
    method: 'get',
    path: '/api/proposals/:proposalId',
    tag: 'Review',
    operation: 'getProposal',
    summary: 'What would change, or did change, operation by operation; 500 a page unless told',
    access: ['runs', 'decide'],
    params,
    query: z.strictObject(paging),
    answers: { 200: { description: 'The proposal.', schema: dataOf(proposalView) } },
    handle: async ({ api, params: { proposalId }, query }) => ok(await api.getProposal({ proposalId, ...query })),
  }),
  defineRoute({
    method: 'post',
    path: '/api/proposals/:proposalId/undo',
    tag: 'Review',
    operation: 'undoProposal',
    summary: 'Take back what was applied, where nobody has changed it since',
    access: ['decide'],
    params,
    body: z.strictObject({ reason: reasonText.exactOptional() }),
    bodyOptional: true,
    answers: { 200: { description: 'What was taken back and what was kept.', schema: dataOf(undoResult) } },
    handle: async ({ api, params: { proposalId }, body }) => ok(await api.undoProposal({ proposalId, ...body })),
  }),
];
