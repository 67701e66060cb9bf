import { once } from 'node:events';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createMcpServer } from './create-server.ts';
import type { McpServerParams } from './create-server.ts';

/** Serves MCP on standard input and output, which carry nothing else, until the other side closes them. */
export async function serveMcpOnStdio(params: McpServerParams): Promise<void> {
  const ended = once(process.stdin, 'close');
  const handle = serveStdio(() => createMcpServer(params), { onerror: params.onError });
  await ended;
  await handle.close();
}
