import { z } from 'zod';
import { runStatuses, waitingFilters } from '../../../contract/run.ts';
import type { StartedRun } from '../../../api/runs-api.ts';
import { dataOf, pageOf } from '../../../schemas/views/common.ts';
import { runDetail, runRecord, runView, startedRun } from '../../../schemas/views/run.ts';
import { stepView } from '../../../schemas/views/step.ts';
import { flag, id, paging, someOf } from '../../http/inputs.ts';
import { bare, ok, page } from '../../http/reply.ts';
import type { Reply } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';
import { asMessage } from './as-message.ts';
import { startBody, startShown } from './start-body.ts';

export const startAnswers = {
  201: { description: 'The run is created and started.', schema: startedRun },
  202: { description: 'The run is created; it starts once Temporal is back.', schema: startedRun },
  200: { description: 'A run with this dedupKey goes on: here it is.', schema: startedRun },
} as const;

/** 201 for a run that started, 202 for one that is kept until it can, 200 for one that was there. */
export function startReply({ run, started, created }: StartedRun): Reply {
  const body = { data: run, started, created };
  if (!created) return bare(200, body);
  return bare(started ? 201 : 202, body, { Location: `/api/runs/${run.id}` });
}

const waiting = z.string().min(1).max(200).exactOptional();
const filter = z.strictObject({
  status: someOf(runStatuses)
    .exactOptional()
    .meta({ description: `One of these, separated by commas: ${runStatuses.join(', ')}.` }),
  type: z.string().min(1).max(200).exactOptional(),
  projectId: id.exactOptional(),
  waitingOn: waiting.meta({
    description: `What the runs wait on, one of: ${waitingFilters.join(', ')}; person: on any answer of yours.`,
  }),
  notWaitingOn: waiting.meta({ description: 'Leaves out runs that wait on this, one of the same.' }),
  whole: flag.exactOptional().meta({ description: 'With input, options and result of each.' }),
  ...paging,
});

export const runRoutes = [
  defineRoute({
    method: 'post',
    path: '/api/runs',
    tag: 'Runs',
    operation: 'startRun',
    summary: 'Start a run',
    access: ['runs'],
    body: startBody,
    bodyShown: startShown,
    answers: startAnswers,
    handle: async ({ api, body, messageId }) => startReply(await api.startRun({ ...body, ...asMessage(messageId) })),
  }),
  defineRoute({
    method: 'get',
    path: '/api/runs',
    tag: 'Runs',
    operation: 'listRuns',
    summary: 'Runs, newest first',
    access: ['runs'],
    query: filter,
    answers: { 200: { description: 'A page of runs.', schema: pageOf(z.union([runRecord, runView])) } },
    handle: async ({ api, query: { whole, ...wanted } }) =>
      page(whole === true ? await api.listRunRecords(wanted) : await api.listRuns(wanted)),
  }),
  defineRoute({
    method: 'get',
    path: '/api/runs/:runId',
    tag: 'Runs',
    operation: 'getRun',
    summary: 'A run with its phases, steps, requests, budget and links',
    access: ['runs'],
    params: z.object({ runId: id }),
    answers: { 200: { description: 'The run.', schema: dataOf(runDetail) } },
    handle: async ({ api, params }) => ok(await api.getRun(params)),
  }),
  defineRoute({
    method: 'get',
    path: '/api/runs/:runId/steps',
    tag: 'Runs',
    operation: 'listSteps',
    summary: 'The decision history of a run',
    access: ['runs'],
    params: z.object({ runId: id }),
    query: z.strictObject({
      after: z.coerce
        .number('expected a whole number')
        .int()
        .min(0)
        .exactOptional()
        .meta({ description: 'Steps with a greater number.' }),
      // What `nextCursor` gave; the last step's number.
      cursor: z.coerce.number('is none that a list gave').int().min(0).exactOptional(),
      limit: paging.limit,
    }),
    answers: { 200: { description: 'A page of steps.', schema: pageOf(stepView) } },
    handle: async ({ api, params, query }) => {
      const { cursor, ...rest } = query;
      return page(await api.listSteps({ ...params, ...rest, ...(cursor === undefined ? {} : { after: cursor }) }));
    },
  }),
];
