import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

/** A small MCP server to test against: it echoes, adds, fails, dawdles and dies. */
export function createTestServer(): McpServer {
  const server = new McpServer({ name: 'test', version: '1.0.0' });
  const text = (content: string) => ({ content: [{ type: 'text' as const, text: content }] });
  server.registerTool(
    'echo',
    {
      description: 'Says it again.',
      inputSchema: z.strictObject({ text: z.string() }),
      annotations: { readOnlyHint: true },
    },
    ({ text: said }) => text(said),
  );
  server.registerTool(
    'add',
    {
      description: 'Adds.',
      inputSchema: z.object({ a: z.number(), b: z.number() }),
      outputSchema: z.object({ sum: z.number() }),
    },
    ({ a, b }) => ({ ...text(`The sum is ${a + b}.`), structuredContent: { sum: a + b } }),
  );
  server.registerTool('fail', { inputSchema: z.object({}) }, () => ({ ...text('No paper left.'), isError: true }));
  server.registerTool('picture', { inputSchema: z.object({}) }, () => ({
    content: [
      { type: 'text' as const, text: 'Here:' },
      { type: 'image' as const, data: 'AAAA', mimeType: 'image/png' },
    ],
  }));
  server.registerTool('variable', { inputSchema: z.object({ name: z.string() }) }, ({ name }) =>
    text(process.env[name] ?? 'not set'),
  );
  server.registerTool('process', { inputSchema: z.object({}) }, () => text(String(process.pid)));
  server.registerTool('dawdle', { inputSchema: z.object({ ms: z.number() }) }, async ({ ms }) => {
    await sleep(ms);
    return text('At last.');
  });
  server.registerTool('die', { inputSchema: z.object({}) }, () => process.exit(3));
  server.registerTool('odd.name', { inputSchema: z.object({}) }, () => text('odd'));
  return server;
}
