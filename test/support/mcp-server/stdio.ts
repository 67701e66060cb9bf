import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createTestServer } from './tools.ts';

serveStdio(createTestServer);
// One that does not end when nobody listens any more.
if (process.env['STUBBORN'] !== undefined) setInterval(() => undefined, 1_000);
