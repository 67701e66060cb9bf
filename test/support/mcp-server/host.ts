import { fileURLToPath } from 'node:url';
import { openServers } from '../../../src/tools/mcp/open-servers.ts';

// A process that uses a server which does not end by itself, and says that one's pid: to be killed by a test.
const program = fileURLToPath(new URL('stdio.ts', import.meta.url));
const env = { STUBBORN: 'yes' };
const transport = { kind: 'stdio', command: process.execPath, args: [program], env, cwd: null } as const;
const log = { info: () => undefined, warn: () => undefined };
const source = openServers([{ name: 'here', transport, timeoutMs: 10_000, defaults: {}, tools: {} }], { log });
const { tools } = await source.listTools();
const answer = await tools.find((tool) => tool.name === 'here__process')?.call({}, new AbortController().signal);
process.stdout.write(`${JSON.stringify(answer)}\n`);
setInterval(() => undefined, 1_000);
