import { z } from 'zod';
import type { DependencyView } from '../../../api/records-api.ts';
import { dataOf } from '../../../schemas/views/common.ts';
import { id } from '../../http/inputs.ts';
import { ok } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';

const dependency = z
  .object({
    taskId: z.string(),
    dependsOnId: z.string(),
    kind: z.enum(['hard', 'soft']),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Dependency' }) satisfies z.ZodType<DependencyView>;

export const dependencyRoutes = [
  defineRoute({
    method: 'get',
    path: '/api/tasks/dependencies',
    tag: 'Records',
    operation: 'listDependencies',
    summary: 'Which task waits for which, and why',
    access: ['records'],
    query: z.strictObject({ projectId: id.exactOptional(), taskId: id.exactOptional() }),
    answers: {
      200: { description: 'All of the project, of the task, or of yours.', schema: dataOf(z.array(dependency)) },
    },
    handle: async ({ api, query }) => ok(await api.listDependencies(query)),
  }),
];
