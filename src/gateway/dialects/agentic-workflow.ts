import { z } from 'zod';
import { invalidInput } from '../../contract/errors.ts';
import { checkShape } from '../../schemas/check-shape.ts';
import { jsonObject } from '../../schemas/views/common.ts';
import { id } from '../http/inputs.ts';
import { bare } from '../http/reply.ts';
import { defineRoute } from '../http/route.ts';
import { asMessage } from '../routes/runs/as-message.ts';
import { actFor } from './act-for.ts';

const job = z
  .object({
    userId: id,
    workflowType: z.string('expected the name of a workflow type'),
    input: jsonObject.default({}),
    options: jsonObject.exactOptional(),
  })
  .meta({ id: 'AgenticWorkflowJob' });

// As `!userId || !workflowType` has it: an empty string is missing too.
function isMissing(body: unknown, field: 'userId' | 'workflowType'): boolean {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
  return value === undefined || value === null || value === '' || value === false || value === 0;
}

// The priority that these jobs have in such queues.
const jobPriority = 5;

/** A job queue's way to start a run (B13). */
export const agenticWorkflowRoutes = [
  defineRoute({
    method: 'post',
    path: '/queue/agentic-workflow',
    tag: 'Dialects',
    operation: 'queueAgenticWorkflow',
    summary: 'Start a run as a job of a queue; the id of the run is that of the job',
    access: ['runs'],
    body: z.unknown(),
    bodyShown: job,
    answers: {
      200: {
        description: 'The run is created; its id is jobId.',
        schema: z.object({ success: z.literal(true), jobId: z.string() }),
      },
      400: { description: 'userId or workflowType is missing.', schema: z.object({ error: z.string() }) },
    },
    handle: async ({ deps, caller, body, messageId }) => {
      if (isMissing(body, 'userId') || isMissing(body, 'workflowType'))
        return bare(400, { error: 'userId and workflowType required' });
      const checked = checkShape(job, body);
      if (!checked.ok) throw invalidInput(checked.problems);
      const { userId, workflowType: type, ...rest } = checked.value;
      const api = deps.forCaller(actFor(caller, userId));
      const { run } = await api.startRun({ type, ...rest, priority: jobPriority, ...asMessage(messageId) });
      return bare(200, { success: true, jobId: run.id });
    },
  }),
];
