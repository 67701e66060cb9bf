import {
  createMcpHandler,
  isLegacyRequest,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { createMcpServer } from './create-server.ts';
import type { McpServerParams } from './create-server.ts';

/** Answers one MCP request over HTTP with one JSON body: no session is kept and no stream is opened. */
export async function answerMcp(request: Request, body: unknown, params: McpServerParams): Promise<Response> {
  const { onError } = params;
  // Clients of before 2026 shake hands first, and then send requests that need no memory of it.
  if (await isLegacyRequest(request, body)) {
    const server = createMcpServer(params);
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await server.connect(transport);
    try {
      return await transport.handleRequest(request, { parsedBody: body });
    } finally {
      await server.close();
    }
  }
  const options = { legacy: 'reject', maxSubscriptions: 0, onerror: onError } as const;
  return await createMcpHandler(() => createMcpServer(params), options).fetch(request, { parsedBody: body });
}
