import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the proxy does with a chat completion instead of passing it on. */
export type Fault =
  | { readonly kind: 'pass' }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'content'; readonly content: string }
  | { readonly kind: 'cut' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'delay'; readonly ms: number };

export type SeenCall = {
  readonly operation: string;
  readonly model: string;
  readonly count: number;
  readonly body: string;
};
export type Decide = (call: SeenCall) => Fault;

export type ModelProxy = {
  /** An OpenAI-compatible base URL (`…/v1`). */
  readonly url: string;
  /** All chat completions that arrived, faulty ones too. */
  readonly calls: readonly SeenCall[];
  setFaults(decide: Decide): void;
  close(): Promise<void>;
};

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function operationOf(body: string): { operation: string; model: string } {
  const parsed = JSON.parse(body) as { model?: string; response_format?: { json_schema?: { name?: string } } };
  return { operation: parsed.response_format?.json_schema?.name ?? 'text', model: parsed.model ?? '' };
}

function completion(content: string, model: string): string {
  const usage = { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 };
  const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }];
  return JSON.stringify({ id: 'chatcmpl-proxy', object: 'chat.completion', created: 0, model, choices, usage });
}

type Passing = {
  readonly upstream: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: string;
};

async function pass({ upstream, request, response, body }: Passing): Promise<void> {
  const path = (request.url ?? '').replace(/^\/v1/, '');
  const answer = await fetch(`${upstream}${path}`, {
    method: request.method ?? 'GET',
    headers: { 'content-type': 'application/json' },
    ...(request.method === 'POST' ? { body } : {}),
  });
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
  response.end(Buffer.from(await answer.arrayBuffer()));
}

/** A real HTTP server between Steward and a model endpoint that misbehaves on demand. */
export async function startModelProxy(upstream: string): Promise<ModelProxy> {
  const calls: SeenCall[] = [];
  const counts = new Map<string, number>();
  let decide: Decide = () => ({ kind: 'pass' });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (request.method !== 'POST') return await pass({ upstream, request, response, body });
    const { operation, model } = operationOf(body);
    const count = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, count);
    const call = { operation, model, count, body };
    calls.push(call);
    const fault = decide(call);
    switch (fault.kind) {
      case 'pass':
        return await pass({ upstream, request, response, body });
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, fault.ms));
        return await pass({ upstream, request, response, body });
      case 'status':
        response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
        response.end(JSON.stringify({ error: { message: 'fault on demand', type: 'fault' } }));
        return;
      case 'content':
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(completion(fault.content, model));
        return;
      case 'cut':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"id":"chatcmpl-cut","choices":[{"mess');
        setTimeout(() => response.destroy(), 20);
        return;
      case 'hang':
        return;
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    calls,
    setFaults: (next) => {
      decide = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
