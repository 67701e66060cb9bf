import { z } from 'zod';
import type { RunFilter } from '../../api/runs-api.ts';
import type { StewardApi } from '../../api/steward-api.ts';
import { dedupKey, runAttempts, runPriority } from '../../schemas/start-fields.ts';
import { jsonObject } from '../../schemas/views/common.ts';
import { id, paging, reasonText } from '../http/inputs.ts';
import { bare } from '../http/reply.ts';
import { defineRoute } from '../http/route.ts';
import { asMessage } from '../routes/runs/as-message.ts';
import { actFor } from './act-for.ts';
import { jobStatuses, queueJob, toJob } from './queue-job.ts';
import type { JobStatus, QueueJob } from './queue-job.ts';

// What such a queue's table gives a job that says nothing.
const jobPriority = 10;
const jobAttempts = 3;

const newJob = z
  .strictObject({
    userId: id,
    jobType: z.string('expected the name of a workflow type').min(1, 'expected the name of a workflow type'),
    metadata: jsonObject.default({}).meta({ description: 'The input of the run.' }),
    priority: runPriority.default(jobPriority).meta({ description: '1 is the most urgent.' }),
    scheduledFor: z.iso.datetime({ offset: true }).exactOptional(),
    dedupKey: dedupKey.exactOptional(),
    maxAttempts: runAttempts.default(jobAttempts),
  })
  .meta({ id: 'NewQueueJob' });

// What `jobStatus` says of a run, said of all at once.
const filters = {
  pending: { status: 'queued' },
  processing: { status: ['running', 'waiting', 'paused'], notWaitingOn: 'timer' },
  retrying: { waitingOn: 'timer' },
  completed: { status: 'completed' },
  failed: { status: 'failed' },
  cancelled: { status: 'cancelled' },
} as const satisfies Readonly<Record<JobStatus, RunFilter>>;

const query = z.strictObject({
  status: z.enum(jobStatuses, `expected one of: ${jobStatuses.join(', ')}`).exactOptional(),
  jobType: z.string().min(1).max(200).exactOptional(),
  cursor: paging.cursor,
  limit: z.coerce.number('expected a whole number').int().min(1).max(100).default(20),
});

const named = { tag: 'Dialects', access: ['runs'], params: z.object({ id }) } as const;

type Of = { readonly runId: string; readonly userId: string };

async function readJob(api: StewardApi, { runId, userId }: Of): Promise<QueueJob> {
  return toJob(await api.getRun({ runId }), userId);
}

/** A job queue's table (B15), of which every row is a run: nothing is polled, Temporal carries the jobs. */
export const queueJobRoutes = [
  defineRoute({
    method: 'post',
    path: '/queue/jobs',
    tag: 'Dialects',
    operation: 'addQueueJob',
    summary: 'Add a job; while one of the type with this dedupKey is not finished, that one is returned',
    access: ['runs'],
    body: newJob,
    answers: {
      201: { description: 'The job.', schema: queueJob },
      200: { description: 'The job that has this dedupKey.', schema: queueJob },
    },
    handle: async ({ deps, caller, body, messageId }) => {
      const { userId, jobType, metadata, scheduledFor, ...rest } = body;
      const api = deps.forCaller(actFor(caller, userId));
      const { run, created } = await api.startRun({
        type: jobType,
        input: metadata,
        ...rest,
        ...(scheduledFor === undefined ? {} : { startAt: scheduledFor }),
        ...asMessage(messageId),
      });
      return bare(created ? 201 : 200, await readJob(api, { runId: run.id, userId }));
    },
  }),
  defineRoute({
    method: 'get',
    path: '/queue/jobs',
    tag: 'Dialects',
    operation: 'listQueueJobs',
    summary: 'Your runs as jobs, newest first',
    access: ['runs'],
    query,
    answers: {
      200: {
        description: 'A page of jobs.',
        schema: z.object({ jobs: z.array(queueJob), nextCursor: z.string().nullable() }),
      },
    },
    handle: async ({ api, caller: { userId }, query: { status, jobType, ...rest } }) => {
      const { items, nextCursor } = await api.listRunRecords({
        ...rest,
        ...(status === undefined ? {} : filters[status]),
        ...(jobType === undefined ? {} : { type: jobType }),
      });
      return bare(200, { jobs: items.map((run) => toJob(run, userId)), nextCursor });
    },
  }),
  defineRoute({
    ...named,
    method: 'get',
    path: '/queue/jobs/:id',
    operation: 'getQueueJob',
    summary: 'A run as a job',
    answers: { 200: { description: 'The job.', schema: queueJob } },
    handle: async ({ api, caller: { userId }, params }) => bare(200, await readJob(api, { runId: params.id, userId })),
  }),
  defineRoute({
    ...named,
    method: 'post',
    path: '/queue/jobs/:id/cancel',
    operation: 'cancelQueueJob',
    summary: 'Cancel a job; what must not stay half done is taken back',
    body: z.strictObject({ reason: reasonText.exactOptional() }),
    bodyOptional: true,
    answers: { 200: { description: 'The job; its end may come a moment later.', schema: queueJob } },
    handle: async ({ api, caller: { userId }, params, body, messageId }) => {
      await api.cancelRun({ runId: params.id, ...body, ...asMessage(messageId) });
      return bare(200, await readJob(api, { runId: params.id, userId }));
    },
  }),
];
