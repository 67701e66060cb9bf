import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { complete, completionBody, completionChunks, offlineModels } from './chat-completions.ts';
import { badRequest, readBody } from './request-body.ts';
import type { ApiFault } from './request-body.ts';

export type OfflineModelOptions = {
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** How long an answer takes at least, for benchmarks; 0 by default. */
  readonly delayMs?: number;
};
export interface OfflineModel {
  /** The base URL for an OpenAI-compatible client, ending in `/v1`. */
  readonly url: string;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

const largestBodyBytes = 16 * 1024 * 1024;

function sendJson(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

function sendFault(response: ServerResponse, fault: ApiFault): void {
  sendJson(response, fault.status, {
    error: { message: fault.message, type: fault.type, param: fault.param, code: fault.code },
  });
}

/** The whole body, or null when it is too large: the rest is then not kept. */
async function readAll(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const raw of request) {
    const part: unknown = raw;
    if (!(part instanceof Buffer)) continue;
    size += part.length;
    if (size <= largestBodyBytes) parts.push(part);
  }
  return size > largestBodyBytes ? null : Buffer.concat(parts).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function answerChat(request: IncomingMessage, response: ServerResponse, delayMs: number): Promise<void> {
  const text = await readAll(request);
  if (text === null)
    return sendFault(response, {
      ...badRequest(`The body is larger than ${largestBodyBytes} bytes.`, null),
      status: 413,
    });
  const value = parse(text);
  if (value === undefined) return sendFault(response, badRequest('The body is not valid JSON.', null));
  const body = readBody(value);
  if (!body.ok) return sendFault(response, body.fault);
  const result = complete(body.request);
  if (!result.ok) return sendFault(response, result.fault);
  if (delayMs > 0) await wait(delayMs);
  if (response.destroyed) return undefined;
  if (!body.request.stream) return sendJson(response, 200, completionBody(result.completion));
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  for (const chunk of completionChunks(result.completion, body.request.includeUsage))
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  response.end('data: [DONE]\n\n');
  return undefined;
}

function modelEntry(id: string): object {
  return { id, object: 'model', created: 0, owned_by: 'steward' };
}

async function answer(request: IncomingMessage, response: ServerResponse, delayMs: number): Promise<void> {
  const path = (request.url ?? '/').replace(/\?.*$/u, '').replace(/\/+$/u, '');
  const route = `${request.method ?? 'GET'} ${path}`;
  if (route === 'POST /v1/chat/completions') return answerChat(request, response, delayMs);
  request.resume();
  if (route === 'GET /v1/models')
    return sendJson(response, 200, { object: 'list', data: offlineModels.map(modelEntry) });
  const model = offlineModels.find((id) => route === `GET /v1/models/${id}`);
  if (model !== undefined) return sendJson(response, 200, modelEntry(model));
  return sendFault(response, {
    status: 404,
    message: `Unknown request URL: ${route}. Served are GET /v1/models and POST /v1/chat/completions.`,
    param: null,
    code: 'unknown_url',
    type: 'invalid_request_error',
  });
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function boundPort(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/**
 * Serves the offline model over HTTP the way OpenAI's API is served: `GET /v1/models`, `POST /v1/chat/completions`.
 * Throws what listening throws (`EADDRINUSE` and the like).
 */
export async function startOfflineModel(options: OfflineModelOptions = {}): Promise<OfflineModel> {
  const { host = '127.0.0.1', port = 0, delayMs = 0 } = options;
  const server = createServer((request, response) => {
    answer(request, response, delayMs).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (response.headersSent || response.destroyed) response.destroy();
      else
        sendFault(response, {
          status: 500,
          message: `The offline model failed: ${message}`,
          param: null,
          code: null,
          type: 'server_error',
        });
    });
  });
  await listen(server, port, host);
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shown}:${boundPort(server)}/v1`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
