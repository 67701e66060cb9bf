import { z } from 'zod';
import { answerMcp } from '../../../mcp/answer-http.ts';
import { json } from '../../../schemas/views/common.ts';
import type { Exchange } from '../../http/route.ts';
import { bare } from '../../http/reply.ts';
import type { Reply } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';

// What the protocol looks at. The token is looked at by the gateway, and nobody else sees it.
const headerNames = ['accept', 'content-type', 'mcp-protocol-version', 'mcp-session-id', 'mcp-method', 'mcp-name'];
const refused = { description: 'The message is none that the protocol knows.', schema: json };

function asRequest(header: Exchange['header'], body: unknown): Request {
  const headers = new Headers();
  for (const name of headerNames) {
    const value = header(name);
    if (value !== undefined) headers.set(name, value);
  }
  // Its host is nobody's: the gateway has checked the real one.
  return new Request('http://steward/mcp', { method: 'POST', headers, body: JSON.stringify(body) });
}

async function asReply(response: Response): Promise<Reply> {
  const text = await response.text();
  if (text === '') return { kind: 'empty', status: response.status };
  const mediaType = response.headers.get('content-type') ?? 'application/json';
  // A refused subscription comes as a stream of one message.
  if (!mediaType.includes('json')) return { kind: 'text', status: response.status, mediaType, text };
  return bare(response.status, JSON.parse(text));
}

export const mcpRoutes = [
  defineRoute({
    method: 'post',
    path: '/mcp',
    tag: 'Agents',
    operation: 'callMcp',
    summary: 'Steward as an MCP server, over streamable HTTP',
    description:
      'A JSON-RPC message of the Model Context Protocol. Stateless: no session, no stream. Which tools are listed depends on the scopes of the token.',
    access: 'token',
    body: z.unknown(),
    bodyShown: z.looseObject({ jsonrpc: z.literal('2.0'), method: z.string() }),
    answers: {
      200: { description: 'The JSON-RPC answer; errors of a tool are among its results.', schema: json },
      202: { description: 'A notification was taken.' },
      400: refused,
      404: refused,
      406: refused,
      415: refused,
    },
    handle: async ({ api, caller, deps, log, body, header }) => {
      const { scopes } = caller;
      const { version } = deps.config;
      const onError = (error: unknown): void => log.warn({ err: error }, 'An MCP request failed');
      return await asReply(await answerMcp(asRequest(header, body), body, { api, scopes, version, onError }));
    },
  }),
];
