import { z } from 'zod';
import { decisionFields } from '../../schemas/decision-fields.ts';
import { anyJson, defineMcpTool, id, paging } from '../tool.ts';

const requestId = { requestId: id.meta({ description: 'Id of an open request.' }) };

const listRequests = defineMcpTool({
  name: 'list_requests',
  title: 'Requests to a person',
  description: 'What runs wait for from a person: questions (with the JSON Schema of the answer) and approvals.',
  scopes: ['runs', 'decide'],
  changes: 'nothing',
  input: z.strictObject({
    open: z.boolean().default(true).meta({ description: 'false shows closed ones too.' }),
    runId: id.exactOptional(),
    ...paging,
  }),
  run: async (api, { open, ...filter }) => await api.listRequests({ ...filter, ...(open ? { open } : {}) }),
});

const getProposal = defineMcpTool({
  name: 'get_proposal',
  title: 'A proposal',
  description: 'What a run proposes to change, operation by operation, each with its reason; of many a page.',
  scopes: ['runs', 'decide'],
  changes: 'nothing',
  input: z.strictObject({ proposalId: id, cursor: paging.cursor, limit: z.int().min(1).max(500).default(200) }),
  run: async (api, params) => await api.getProposal(params),
});

const answerRequest = defineMcpTool({
  name: 'answer_request',
  title: 'Answer a request',
  description: 'Answers a clarification, a budget question or a confirmation, in place of the person.',
  scopes: ['decide'],
  changes: 'takes',
  input: z.strictObject({
    ...requestId,
    value: anyJson.meta({ description: "As the request's schema describes it." }),
  }),
  run: async (api, params) => await api.answerRequest(params),
});

const decideRequest = defineMcpTool({
  name: 'decide_request',
  title: 'Decide about a proposal',
  description: 'Approves a proposal, whole or in part, or rejects it, in place of the person.',
  scopes: ['decide'],
  changes: 'takes',
  input: z.strictObject({
    ...requestId,
    ...decisionFields,
    digest: decisionFields.digest.meta({ description: 'Of the proposal as it was read: a stale one is refused.' }),
  }),
  run: async (api, params) => await api.decideRequest(params),
});

export const reviewTools = [listRequests, getProposal, answerRequest, decideRequest];
