import type { Request, Response } from 'express';
import { StewardError } from '../../contract/errors.ts';
import type { GatewayConfig } from '../deps.ts';
import { toProblem } from '../errors/problem.ts';
import { requestIdOf } from '../middleware/access-log.ts';
import { sendEvents } from '../streams/event-stream.ts';
import type { Reply } from './reply.ts';
import type { Route } from './route.ts';

export type ReplyTarget = {
  readonly request: Request;
  readonly response: Response;
  readonly route: Route;
  readonly config: GatewayConfig;
  readonly closing: AbortSignal;
};

/** Compares a JSON answer with what the route declares for its status. Throws `internal` where they differ. */
function checkAnswer(route: Route, reply: Reply): void {
  const spec = route.answers[reply.kind === 'events' ? 200 : reply.status];
  const where = `${route.method.toUpperCase()} ${route.path}`;
  if (spec === undefined) throw new StewardError('internal', `${where} answers what it does not declare.`);
  if (reply.kind !== 'json') return;
  const wire: unknown = JSON.parse(JSON.stringify(reply.body));
  const parsed = spec.schema?.safeParse(wire);
  if (parsed?.success !== true)
    throw new StewardError('internal', `${where} answers not as declared: ${parsed?.error.message ?? 'no schema'}`);
}

/** Writes a reply. A stream is written until it ends or its reader leaves. */
export async function sendReply(reply: Reply, target: ReplyTarget): Promise<void> {
  const { request, response, route, config, closing } = target;
  if (config.checkAnswers) checkAnswer(route, reply);
  if (reply.kind === 'events') {
    if (request.method === 'HEAD') return void response.type('text/event-stream').end();
    const describe = (error: unknown): object => {
      const { status, body } = toProblem(error, requestIdOf(request));
      if (status >= 500) request.log.error({ err: error }, 'Stream broke off');
      return body;
    };
    return await sendEvents(response, reply.open, { ...config, closing, describe });
  }
  response.status(reply.status);
  if (reply.kind === 'empty') return void response.end();
  response.set('Cache-Control', 'no-store').set(reply.headers ?? {});
  if (reply.kind === 'json') return void response.json(reply.body);
  if (reply.filename !== undefined) response.attachment(reply.filename);
  const content = reply.kind === 'text' ? reply.text : Buffer.from(reply.bytes);
  response.type(reply.mediaType).send(content);
}
