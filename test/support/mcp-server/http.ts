import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isInitializeRequest, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { createTestServer } from './tools.ts';

export type HttpTestServer = {
  readonly url: string;
  /** Values of the Authorization headers that came. */
  readonly authorizations: ReadonlySet<string>;
  /** Forgets all sessions, as a restart does. */
  forget(): void;
  close(): Promise<void>;
};

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function toRequest(request: IncomingMessage, body: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, String(value));
  const { method = 'GET', url = '/' } = request;
  return new Request(`http://localhost${url}`, { method, headers, ...(body === '' ? {} : { body }) });
}

async function write(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
}

/** The test server over streamable HTTP with sessions, as many servers have them. */
export async function startHttpTestServer(): Promise<HttpTestServer> {
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>();
  const authorizations = new Set<string>();

  async function transportFor(
    request: Request,
    body: string,
  ): Promise<WebStandardStreamableHTTPServerTransport | null> {
    const known = sessions.get(request.headers.get('mcp-session-id') ?? '');
    if (known !== undefined) return known;
    if (body === '' || !isInitializeRequest(JSON.parse(body))) return null;
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      enableJsonResponse: true,
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    await createTestServer().connect(transport);
    return transport;
  }

  const server = createServer((request, response) => {
    void (async () => {
      authorizations.add(request.headers.authorization ?? '');
      const body = await readBody(request);
      const asked = toRequest(request, body);
      // No stream of the server's own.
      if (request.method === 'GET') return void response.writeHead(405).end();
      const transport = await transportFor(asked, body);
      if (transport === null) return void response.writeHead(404).end('no such session');
      await write(await transport.handleRequest(asked), response);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    authorizations,
    forget: () => sessions.clear(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
