import { createServer } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createProgram } from '../../../src/cli/program.ts';

const someId = '01a1fdbc-0522-761d-9caf-d1bebf73e2ee';
const received: unknown[] = [];
// Whatever is asked is answered with as much as the commands show of it.
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.setHeader('Content-Type', 'application/json').end('{"data":{}}');
  });
});
let url: string;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});
afterAll(() => void server.close());

test.each([
  [['budget', someId, '--max-cost', 'none', '--max-steps', '3'], { maxCostUsd: null, maxSteps: 3 }],
  [['schedules', 'set', someId, '--until', 'none', '--cron', '0 7 * * *'], { until: null, cron: '0 7 * * *' }],
])('%j lifts the limit', async (words, body) => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const program = createProgram('1.2.3', { json: true });
  await program.parseAsync(['--json', '--url', url, '--token', 'stw_x', ...words], { from: 'user' });
  vi.restoreAllMocks();
  expect(received.at(-1)).toEqual(body);
});
