import { startTimeoutMs } from '../db/support/backends.ts';
import { ann, ben, startTestService } from './service/support/test-service.ts';
import { describeStewardApi } from './steward-api.suite.ts';
import { startTestGateway } from './support/test-gateway.ts';

const start = { type: 'sample', input: { userPrompt: 'paint the fence' } };

describeStewardApi(
  'the service',
  async () => {
    const test = await startTestService();
    return { api: test.as(ann), other: test.as(ben), start, stop: async () => await test.stop() };
  },
  startTimeoutMs,
);

describeStewardApi(
  'the client over HTTP',
  async () => {
    const gateway = await startTestGateway();
    return {
      api: await gateway.client(ann),
      other: await gateway.client(ben),
      start,
      stop: async () => await gateway.stop(),
    };
  },
  startTimeoutMs,
);
