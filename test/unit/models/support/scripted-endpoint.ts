import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the endpoint does with one chat completion. */
export type Scripted =
  | {
      readonly kind: 'content';
      readonly content: string;
      readonly finish?: string;
      readonly usage?: object | null;
      readonly model?: string;
    }
  | { readonly kind: 'message'; readonly message: object; readonly finish?: string }
  | { readonly kind: 'body'; readonly body: string; readonly type?: string }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly message?: string;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: 'cut' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'hang_in_body' };

type SentMessage = { readonly role: string; readonly content: string | null };
export type Sent = {
  readonly model: string;
  readonly messages: readonly SentMessage[];
  readonly max_tokens: number;
  readonly [field: string]: unknown;
};
export type Seen = { readonly body: Sent; readonly headers: IncomingMessage['headers'] };

export type ScriptedEndpoint = {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** How often the list of models was asked for. */
  listed(): number;
  /** Answers the next completions in this order; after the last one it repeats. */
  script(...steps: Scripted[]): void;
  /** What `GET /models` answers: ids, or a status. */
  models(list: readonly string[] | number): void;
  close(): Promise<void>;
};

const someUsage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function completion(step: { message: object; finish?: string; usage?: object | null; model: string }): object {
  const choices = [{ index: 0, finish_reason: step.finish ?? 'stop', message: { role: 'assistant', ...step.message } }];
  const usage = step.usage === undefined ? someUsage : step.usage;
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    model: step.model,
    choices,
    ...(usage === null ? {} : { usage }),
  };
}

function play(step: Scripted, model: string, response: ServerResponse): void {
  switch (step.kind) {
    case 'content':
      return send(response, 200, completion({ model, ...step, message: { content: step.content } }));
    case 'message':
      return send(response, 200, completion({ model, ...step }));
    case 'body':
      response.writeHead(200, { 'content-type': step.type ?? 'application/json' });
      response.end(step.body);
      return;
    case 'status':
      for (const [name, value] of Object.entries(step.headers ?? {})) response.setHeader(name, value);
      return send(response, step.status, { error: { message: step.message ?? 'on demand' } });
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"id":"chatcmpl-1","choices":[{"mess', () => response.destroy());
      return;
    case 'hang_in_body':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"id":"chatcmpl-1",');
      return;
    case 'hang':
  }
}

/** A real OpenAI-shaped HTTP server that answers as it is told. */
export async function startScriptedEndpoint(): Promise<ScriptedEndpoint> {
  const seen: Seen[] = [];
  let steps: readonly Scripted[] = [];
  let played = 0;
  let lists = 0;
  let list: readonly string[] | number = 404;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readBody(request);
    if (request.method === 'GET') {
      lists += 1;
      if (typeof list === 'number') return send(response, list, { error: { message: 'no list' } });
      return send(response, 200, { object: 'list', data: list.map((id) => ({ id, object: 'model' })) });
    }
    const body = JSON.parse(text) as Sent;
    seen.push({ body, headers: request.headers });
    const step = steps[Math.min(played, steps.length - 1)];
    played += 1;
    if (step === undefined) throw new Error('no script');
    return play(step, body.model, response);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen,
    listed: () => lists,
    script: (...next) => {
      steps = next;
      played = 0;
      seen.length = 0;
    },
    models: (next) => {
      list = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
