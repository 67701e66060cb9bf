import { z } from 'zod';
import { dataOf, jsonObject } from '../../../schemas/views/common.ts';
import { estimateView } from '../../../schemas/views/estimate.ts';
import { workflowTypeView } from '../../../schemas/views/workflow-type.ts';
import { ok } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';

const answers = { 200: { description: 'The estimate.', schema: dataOf(estimateView) } };

export const workflowTypeRoutes = [
  defineRoute({
    method: 'get',
    path: '/api/workflow-types',
    tag: 'Runs',
    operation: 'listWorkflowTypes',
    summary: 'What can be started, with JSON Schemas of input, options and result',
    access: 'token',
    answers: { 200: { description: 'All types.', schema: dataOf(z.array(workflowTypeView)) } },
    handle: async ({ api }) => ok(await api.listWorkflowTypes()),
  }),
  defineRoute({
    method: 'get',
    path: '/api/workflow-types/:type',
    tag: 'Runs',
    operation: 'getWorkflowType',
    summary: 'One workflow type',
    access: 'token',
    params: z.object({ type: z.string() }),
    answers: { 200: { description: 'The type.', schema: dataOf(workflowTypeView) } },
    handle: async ({ api, params }) => ok(await api.getWorkflowType(params)),
  }),
  defineRoute({
    method: 'get',
    path: '/api/workflow-types/:type/estimate',
    tag: 'Runs',
    operation: 'getEstimate',
    summary: 'What a run of the type will probably take, by your past runs: cost, tokens, time, steps, and by phase',
    description: 'Before the first run a range, by the calls that the type declares.',
    access: 'token',
    params: z.object({ type: z.string() }),
    answers,
    handle: async ({ api, params }) => ok(await api.getEstimate(params)),
  }),
  defineRoute({
    method: 'post',
    path: '/api/workflow-types/:type/estimate',
    tag: 'Runs',
    operation: 'estimateInput',
    summary: 'The same for an input, whose size counts before the first run',
    access: 'token',
    params: z.object({ type: z.string() }),
    body: z.strictObject({ input: jsonObject }),
    answers,
    handle: async ({ api, params, body }) => ok(await api.getEstimate({ ...params, ...body })),
  }),
];
