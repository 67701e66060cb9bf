import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startOfflineModel } from '../../../../src/models/offline/server.ts';
import { startModelProxy } from '../../../support/model-proxy.ts';
import { noHooks, requestOf, serviceFor } from '../support/requests.ts';
import { startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import type { ScriptedEndpoint } from '../support/scripted-endpoint.ts';

let endpoint: ScriptedEndpoint;
beforeEach(async () => {
  endpoint = await startScriptedEndpoint();
  endpoint.script({ kind: 'content', content: '{"answer":42}' });
});
afterEach(async () => {
  await endpoint.close();
});

describe('finding out what an endpoint serves', () => {
  it('asks once, and uses what is listed', async () => {
    endpoint.models(['openai/gpt-4o', 'something/else']);
    const service = await serviceFor(endpoint.url);
    expect(service.describe().map(({ id }) => id)).toEqual(['openai/gpt-4o']);
    await service.complete(requestOf(), noHooks);
    await service.complete(requestOf(), noHooks);
    expect(endpoint.listed()).toBe(1);
    expect(endpoint.seen[0]?.body.model).toBe('openai/gpt-4o');
  });

  it('takes the catalogue at its word where the endpoint has no list', async () => {
    endpoint.models(404);
    const service = await serviceFor(endpoint.url);
    const ids = service.describe().map(({ id }) => id);
    expect(ids).toContain('deepseek/deepseek-chat');
    expect(service.describe().some(({ offline }) => offline)).toBe(false);
    await service.complete(requestOf(), noHooks);
    expect(endpoint.listed()).toBe(1);
  });

  it('asks again before the next call when the endpoint was away, so that an offline one is never asked for models of others', async () => {
    endpoint.models(503);
    const service = await serviceFor(endpoint.url);
    endpoint.models(['steward-offline-fast', 'steward-offline']);
    await service.complete(requestOf(), noHooks);
    expect(endpoint.seen[0]?.body.model).toBe('steward-offline-fast');
    expect(service.describe().every(({ offline }) => offline)).toBe(true);
  });

  it('asks for no list where one model is named', async () => {
    const service = await serviceFor(endpoint.url, { only: 'mine' });
    await service.complete(
      requestOf({ profile: { kind: 'text', name: 'creative' }, output: { kind: 'text' } }),
      noHooks,
    );
    expect(endpoint.listed()).toBe(0);
    expect(endpoint.seen[0]?.body.model).toBe('mine');
  });

  it('sends the routing that is configured, and no key of the main endpoint to another one', async () => {
    const other = await startScriptedEndpoint();
    other.script({ kind: 'content', content: '{"answer":42}' });
    const { loadCatalogue } = await import('../../../../src/models/catalogue/load-catalogue.ts');
    const base = await loadCatalogue(null);
    const models = base.models.map((model) =>
      model.id === 'qwen/qwen-2.5-72b-instruct' ? { ...model, endpoint: other.url } : model,
    );
    const service = await serviceFor(endpoint.url, {
      catalogue: { ...base, models },
      apiKey: 'secret',
      routing: { order: ['deepseek'], data_collection: 'deny' },
    });
    await service.complete(requestOf(), noHooks);
    await service.complete(requestOf({ preferCheaper: true }), noHooks);
    expect(endpoint.seen[0]?.body['provider']).toEqual({ order: ['deepseek'], data_collection: 'deny' });
    expect(endpoint.seen[0]?.headers.authorization).toBe('Bearer secret');
    expect(other.seen[0]?.body['provider']).toBeUndefined();
    expect(other.seen[0]?.headers.authorization).not.toContain('secret');
    await other.close();
  });

  it('works through a proxy in front of the offline model with nothing but its base URL', async () => {
    const offline = await startOfflineModel();
    const proxy = await startModelProxy(offline.url);
    proxy.setFaults(({ count }) => (count === 1 ? { kind: 'status', status: 500 } : { kind: 'pass' }));
    const service = await serviceFor(proxy.url, { apiKey: null });
    const outcome = await service.complete(requestOf({ output: { kind: 'text' } }), noHooks);
    expect(outcome).toMatchObject({
      kind: 'answered',
      offline: true,
      attempts: [{ status: 'error' }, { status: 'success', totalCostUsd: 0 }],
    });
    await proxy.close();
    await offline.close();
  });
});
