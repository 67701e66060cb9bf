import { userContextUpdate } from '../../../schemas/records.ts';
import { dataOf, jsonObject } from '../../../schemas/views/common.ts';
import { toJsonObject } from '../../http/inputs.ts';
import { ok } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';

const shared = {
  path: '/api/user-context',
  tag: 'Records',
  access: ['records'],
  answers: { 200: { description: 'What you told Steward about yourself.', schema: dataOf(jsonObject) } },
} as const;

export const userContextRoutes = [
  defineRoute({
    ...shared,
    method: 'get',
    operation: 'getUserContext',
    summary: 'Your time zone, working hours, goals and ways of working',
    handle: async ({ api }) => ok(await api.getUserContext()),
  }),
  defineRoute({
    ...shared,
    method: 'patch',
    operation: 'setUserContext',
    summary: 'Change some of it',
    body: userContextUpdate,
    handle: async ({ api, body }) => ok(await api.setUserContext({ changes: toJsonObject(body) })),
  }),
];
