import { z } from 'zod';
import { invalidInput } from '../../../contract/errors.ts';
import { dataOf } from '../../../schemas/views/common.ts';
import { eventCursor, eventView } from '../../../schemas/views/event.ts';
import { id, paging } from '../../http/inputs.ts';
import { ok } from '../../http/reply.ts';
import type { Reply } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';
import { streamAll, streamRun } from '../../streams/run-stream.ts';

const stream = 'text/event-stream';
const position = z.coerce.number('expected the number of an event').int().min(0);

/** Where a reader goes on. The header wins: a browser sends it when it connects again, with the address of the first time. */
function startAfter(header: string | undefined, after: number | undefined): number {
  if (header === undefined || header === '') return after ?? 0;
  const parsed = position.safeParse(header);
  if (!parsed.success) throw invalidInput([{ path: 'Last-Event-ID', message: 'expected the number of an event' }]);
  return parsed.data;
}

export const eventRoutes = [
  defineRoute({
    method: 'get',
    path: '/api/runs/:runId/events',
    tag: 'Runs',
    operation: 'watchRun',
    summary: 'What happened to a run, and what happens',
    description: `Server-Sent Events: \`id\` is the event's number, \`event\` its type. Goes on after \`Last-Event-ID\` or \`?after=\`; an event \`end\` follows the last one of a finished run, and \`problem\` with a problem document says why a stream broke off. With \`Accept: application/json\` the past events as a list.`,
    access: ['runs'],
    params: z.object({ runId: id }),
    query: z.strictObject({ after: position.exactOptional(), limit: paging.limit }),
    answers: {
      200: {
        description: 'Past events (JSON), or past and coming ones (event stream).',
        schema: dataOf(z.array(eventView)),
      },
    },
    handle: async ({ api, params: { runId }, query, header, accepts }) => {
      const afterSeq = startAfter(header('last-event-id'), query.after);
      if (accepts([stream, 'application/json']) === 'application/json') {
        return ok(
          await api.listEvents({ runId, afterSeq, ...(query.limit === undefined ? {} : { limit: query.limit }) }),
        );
      }
      // Asked before the stream opens, so that a wrong id or a database that is away has its status.
      await api.listEvents({ runId, limit: 1 });
      return { kind: 'events', open: (signal) => streamRun(api, { runId, afterSeq, signal }) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/events',
    tag: 'Runs',
    operation: 'watchAll',
    summary: 'What happens to all of your runs',
    description:
      'Server-Sent Events: `id` is the position in this stream. Goes on after `Last-Event-ID` or `?after=`, else begins with the first event of all.',
    access: ['runs'],
    query: z.strictObject({ after: z.string().min(1).max(500).exactOptional() }),
    answers: { 200: { description: 'An event stream without end.', mediaType: stream } },
    handle: async ({ api, query, header }) => {
      const given = header('last-event-id');
      const after = given === undefined || given === '' ? query.after : given;
      // Refused before the stream opens, so that it has its status.
      if (after !== undefined && !eventCursor.test(after)) {
        const path = after === query.after ? 'after' : 'Last-Event-ID';
        throw invalidInput([{ path, message: 'is no position that an event of this stream carried' }]);
      }
      return await Promise.resolve<Reply>({ kind: 'events', open: (signal) => streamAll(api, { after, signal }) });
    },
  }),
];
