import { z } from 'zod';
import { decisionFields } from '../../../schemas/decision-fields.ts';
import { dataOf, pageOf } from '../../../schemas/views/common.ts';
import { requestView } from '../../../schemas/views/request.ts';
import { messageReceipt } from '../../../schemas/views/run.ts';
import { flag, id, paging } from '../../http/inputs.ts';
import { ok, page } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';
import { asMessage } from '../runs/as-message.ts';

const params = z.object({ requestId: id });
const receipt = { 200: { description: 'The run has taken it.', schema: dataOf(messageReceipt) } };

export const requestRoutes = [
  defineRoute({
    method: 'get',
    path: '/api/requests',
    tag: 'Review',
    operation: 'listRequests',
    summary: 'What waits for a person, newest first',
    access: ['runs', 'decide'],
    query: z.strictObject({ open: flag.exactOptional(), runId: id.exactOptional(), ...paging }),
    answers: { 200: { description: 'A page of requests.', schema: pageOf(requestView) } },
    handle: async ({ api, query }) => page(await api.listRequests(query)),
  }),
  defineRoute({
    method: 'post',
    path: '/api/requests/:requestId/answer',
    tag: 'Review',
    operation: 'answerRequest',
    summary: 'Answer a clarification, a budget question or a confirmation',
    access: ['decide'],
    params,
    body: z.strictObject({
      value: z.json('give the answer').meta({ description: "As the request's `schema` describes it." }),
    }),
    answers: receipt,
    handle: async ({ api, params: { requestId }, body, messageId }) =>
      ok(await api.answerRequest({ requestId, ...body, ...asMessage(messageId) })),
  }),
  defineRoute({
    method: 'post',
    path: '/api/requests/:requestId/decide',
    tag: 'Review',
    operation: 'decideRequest',
    summary: 'Approve a proposal, whole or in part, or reject it',
    access: ['decide'],
    params,
    body: z.strictObject({
      ...decisionFields,
      digest: decisionFields.digest.meta({
        description: 'Of the proposal as it was looked at: a stale one is refused.',
      }),
    }),
    answers: receipt,
    handle: async ({ api, params: { requestId }, body, messageId }) =>
      ok(await api.decideRequest({ requestId, ...body, ...asMessage(messageId) })),
  }),
];
