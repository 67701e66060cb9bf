import { z } from 'zod';
import { dataOf } from '../../../schemas/views/common.ts';
import type { DependencyState } from '../../deps.ts';
import { ok } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';

const dependency = z.object({
  name: z.string(),
  ready: z.boolean(),
  detail: z.string().nullable(),
}) satisfies z.ZodType<DependencyState>;
const readiness = dataOf(z.object({ ready: z.boolean(), dependencies: z.array(dependency) }));

export const probeRoutes = [
  defineRoute({
    method: 'get',
    path: '/healthz',
    tag: 'Operations',
    operation: 'health',
    summary: 'Whether the process answers',
    access: 'public',
    answers: {
      200: { description: 'It does.', schema: dataOf(z.object({ status: z.literal('ok'), version: z.string() })) },
    },
    handle: async ({ deps }) => await Promise.resolve(ok({ status: 'ok', version: deps.config.version })),
  }),
  defineRoute({
    method: 'get',
    path: '/readyz',
    tag: 'Operations',
    operation: 'readiness',
    summary: 'Whether everything it needs is there',
    access: 'public',
    answers: {
      200: { description: 'All is there.', schema: readiness },
      503: { description: 'Something is away.', schema: readiness },
    },
    handle: async ({ deps }) => {
      const dependencies = await deps.ping();
      const ready = dependencies.every((one) => one.ready);
      return ok({ ready, dependencies }, { status: ready ? 200 : 503 });
    },
  }),
];
