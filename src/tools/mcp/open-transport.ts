import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { guarded } from '../../processes/guard.ts';
import type { McpTransport } from './load-servers.ts';

export type OpenTransport = {
  readonly transport: StdioClientTransport | StreamableHTTPClientTransport;
  /** The last of what a process of ours said on its standard error. */
  readonly lastWords: () => string;
};

const keptChars = 2_000;

async function openStdio({
  command,
  args,
  env,
  cwd,
}: Extract<McpTransport, { readonly kind: 'stdio' }>): Promise<OpenTransport> {
  const { file, args: all } = await guarded(command, args);
  // Its environment is the SDK's few harmless variables and what the file says: none of Steward's secrets.
  const transport = new StdioClientTransport({
    command: file,
    args: [...all],
    env,
    stderr: 'pipe',
    ...(cwd === null ? {} : { cwd }),
  });
  let words = '';
  transport.stderr?.on('data', (chunk: Buffer) => {
    words = `${words}${chunk.toString()}`.slice(-keptChars);
  });
  return { transport, lastWords: () => words.trim() };
}

/** A way to a server, not yet started. */
export async function openTransport(to: McpTransport): Promise<OpenTransport> {
  if (to.kind === 'stdio') return await openStdio(to);
  const transport = new StreamableHTTPClientTransport(new URL(to.url), { requestInit: { headers: to.headers } });
  return { transport, lastWords: () => '' };
}
