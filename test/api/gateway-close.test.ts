import { describe, expect, it } from 'vitest';
import { createServer } from 'node:net';
import { once } from 'node:events';
import express from 'express';
import { serveGateway } from '../../src/gateway/serve-gateway.ts';
import { startTimeoutMs } from '../db/support/backends.ts';
import { ann, startTestGateway } from './support/test-gateway.ts';

describe('a gateway that closes', () => {
  it(
    'ends its streams, answers what it was asked, and takes nothing new',
    async () => {
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const gateway = await startTestGateway({
        calls: (api) => ({
          async listWorkflowTypes() {
            await held;
            return await api.listWorkflowTypes();
          },
        }),
      });
      const headers = { Authorization: `Bearer ${await gateway.token()}` };
      const { run } = await gateway.test.as(ann).startRun({ type: 'sample', input: { userPrompt: 'paint' } });
      const stream = await fetch(`${gateway.url}/api/runs/${run.id}/events`, { headers });
      const asked = fetch(`${gateway.url}/api/workflow-types`, { headers });
      const reading = stream.text();
      await new Promise((resolve) => setTimeout(resolve, 100));
      const closed = gateway.served.close();
      expect(await reading).toContain('run.created');
      await expect(fetch(`${gateway.url}/healthz`)).rejects.toThrow('fetch failed');
      release();
      expect((await asked).status).toBe(200);
      await closed;
      await gateway.test.stop();
    },
    startTimeoutMs,
  );

  it('cuts what does not end in time', async () => {
    const app = express().get('/hang', () => undefined);
    const served = await serveGateway(app, { host: '127.0.0.1', port: 0, drainMs: 50 });
    const asked = fetch(`${served.url}/hang`).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await served.close();
    expect(await asked).toBeInstanceOf(TypeError);
  });

  it('never opened when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(serveGateway(express(), { host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    other.close();
  });
});
