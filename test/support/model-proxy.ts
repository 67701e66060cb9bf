import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the proxy does with a chat completion instead of passing it on. */
export type Fault =
  | { readonly kind: 'pass' }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'content'; readonly content: string }
  /** A turn of an agent: some words and the tools it calls. */
  | { readonly kind: 'calls'; readonly text?: string; readonly calls: readonly ScriptedCall[] }
  /** A good answer that says nothing of its usage. */
  | { readonly kind: 'without_usage' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'delay'; readonly ms: number };

export type ScriptedCall = { readonly name: string; readonly arguments: unknown };
export type SeenCall = {
  readonly operation: string;
  readonly model: string;
  readonly count: number;
  readonly body: string;
  readonly edit?: (text: string) => string;
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
  const parsed = JSON.parse(body) as {
    readonly model?: string;
    readonly tools?: readonly unknown[];
    readonly response_format?: { readonly json_schema?: { readonly name?: string } };
  };
  const plain = parsed.tools === undefined ? 'text' : 'tools';
  return { operation: parsed.response_format?.json_schema?.name ?? plain, model: parsed.model ?? '' };
}

type Message = { readonly role: 'assistant'; readonly content: string | null; readonly tool_calls?: readonly object[] };

function completion(message: Message, model: string): string {
  const usage = { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 };
  const choices = [{ index: 0, finish_reason: message.tool_calls === undefined ? 'stop' : 'tool_calls', message }];
  return JSON.stringify({ id: 'chatcmpl-proxy', object: 'chat.completion', created: 0, model, choices, usage });
}

function toolMessage(call: SeenCall, fault: Extract<Fault, { readonly kind: 'calls' }>): Message {
  const toolCalls = fault.calls.map((each, index) => ({
    id: `call-${call.count}-${index}`,
    type: 'function',
    function: {
      name: each.name,
      arguments: typeof each.arguments === 'string' ? each.arguments : JSON.stringify(each.arguments),
    },
  }));
  const content = fault.text ?? null;
  return toolCalls.length === 0
    ? { role: 'assistant', content }
    : { role: 'assistant', content, tool_calls: toolCalls };
}

function sendJson(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(text);
}

type Passing = {
  readonly upstream: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: string;
  readonly edit?: (text: string) => string;
};

async function pass({ upstream, request, response, body, edit }: Passing): Promise<void> {
  const path = (request.url ?? '').replace(/^\/v1/, '');
  const answer = await fetch(`${upstream}${path}`, {
    method: request.method ?? 'GET',
    headers: { 'content-type': 'application/json' },
    ...(request.method === 'POST' ? { body } : {}),
  });
  const text = await answer.text();
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
  response.end(edit === undefined ? text : edit(text));
}

function withoutUsage(text: string): string {
  const { usage: _usage, ...rest } = JSON.parse(text) as { readonly usage?: unknown };
  return JSON.stringify(rest);
}

async function misbehave(passing: Passing, call: SeenCall, fault: Fault): Promise<void> {
  const { response } = passing;
  switch (fault.kind) {
    case 'pass':
      return await pass(passing);
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      return await pass(passing);
    case 'status':
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
      response.end(JSON.stringify({ error: { message: 'fault on demand', type: 'fault' } }));
      return;
    case 'content':
      return sendJson(response, completion({ role: 'assistant', content: fault.content }, call.model));
    case 'calls':
      return sendJson(response, completion(toolMessage(call, fault), call.model));
    case 'without_usage':
      return await pass({ ...passing, edit: withoutUsage });
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"id":"chatcmpl-cut","choices":[{"mess');
      setTimeout(() => response.destroy(), 20);
      return;
    case 'hang':
      return;
  }
}

/** A real HTTP server between Steward and a model endpoint that misbehaves on demand. */
export async function startModelProxy(upstream: string): Promise<ModelProxy> {
  const calls: SeenCall[] = [];
  const counts = new Map<string, number>();
  let decide: Decide = () => ({ kind: 'pass' });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const passing = { upstream, request, response, body };
    if (request.method !== 'POST') return await pass(passing);
    const { operation, model } = operationOf(body);
    const count = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, count);
    const call = { operation, model, count, body };
    calls.push(call);
    await misbehave(passing, call, decide(call));
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
