import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelServiceOptions } from '../../../../src/models/create-model-service.ts';
import type { ModelOutcome } from '../../../../src/models/model-service.ts';
import { noHooks, recordingHooks, requestOf, serviceFor } from '../support/requests.ts';
import { startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import type { Scripted, ScriptedEndpoint } from '../support/scripted-endpoint.ts';

const deepseek = 'deepseek/deepseek-chat';
const qwen = 'qwen/qwen-2.5-72b-instruct';
const mini = 'openai/gpt-4o-mini';
const right: Scripted = { kind: 'content', content: '{"answer":42}' };
const busy = (after?: string): Scripted => ({
  kind: 'status',
  status: 429,
  ...(after === undefined ? {} : { headers: { 'retry-after': after } }),
});
const broken: Scripted = { kind: 'status', status: 500 };

let endpoint: ScriptedEndpoint;
beforeAll(async () => {
  endpoint = await startScriptedEndpoint();
});
afterAll(async () => {
  await endpoint.close();
});

async function play(steps: readonly Scripted[], options: Partial<ModelServiceOptions> = {}) {
  endpoint.script(...steps);
  const service = await serviceFor(endpoint.url, options);
  const hooks = recordingHooks();
  const outcome = await service.complete(requestOf(), hooks).catch((error: unknown) => error);
  return { outcome: outcome as ModelOutcome, hooks, service, models: endpoint.seen.map(({ body }) => body.model) };
}

describe('faults of a provider', () => {
  it('limited in rate: another model of the profile answers', async () => {
    const { outcome, hooks, models } = await play([busy('7'), right]);
    expect(outcome).toMatchObject({ kind: 'answered', model: qwen });
    expect(models).toEqual([deepseek, qwen]);
    expect(hooks.records[0]).toMatchObject({
      status: 'error',
      totalCostUsd: 0,
      error: { code: 'rate_limited', retryAfterMs: 7_000 },
    });
  });

  it('limited in rate everywhere: the caller learns when to come back', async () => {
    const { outcome } = await play([busy('7'), busy('3'), busy()]);
    expect(outcome).toMatchObject({ code: 'rate_limited', details: { retryAfterMs: 3_000, attempts: 3 } });
  });

  it('limited in rate: the model is left alone for as long as it asked, by other calls too', async () => {
    let now = 1_000_000;
    const { service } = await play([busy('20'), right], { now: () => now });
    await service.complete(requestOf(), noHooks);
    now += 20_000;
    await service.complete(requestOf(), noHooks);
    expect(endpoint.seen.map(({ body }) => body.model)).toEqual([deepseek, qwen, qwen, deepseek]);
  });

  it('failing: the next model answers, and when all fail the call is transient', async () => {
    expect((await play([broken, right])).models).toEqual([deepseek, qwen]);
    const { outcome, models } = await play([broken]);
    expect(outcome).toMatchObject({ code: 'unavailable' });
    expect(models).toEqual([deepseek, qwen, mini]);
  });

  it('failing three times in a row: the model is left out for 30 s', async () => {
    let now = 0;
    const { service } = await play([broken, right, broken, right, broken, right, right], { now: () => now });
    for (let call = 0; call < 3; call += 1) await service.complete(requestOf(), noHooks);
    expect(endpoint.seen.at(-1)?.body.model).toBe(qwen);
    expect(endpoint.seen).toHaveLength(7);
    now += 30_000;
    await service.complete(requestOf(), noHooks);
    expect(endpoint.seen.at(-1)?.body.model).toBe(deepseek);
  });

  it('failing with all models resting: nothing is asked, and the caller learns when to come back', async () => {
    const { service } = await play([broken], { only: 'mine', now: () => 0 });
    await service.complete(requestOf(), noHooks).catch(() => null);
    await service.complete(requestOf(), noHooks).catch(() => null);
    const asked = endpoint.seen.length;
    await expect(service.complete(requestOf(), noHooks)).rejects.toMatchObject({
      code: 'unavailable',
      details: { retryAfterMs: 30_000 },
    });
    expect(endpoint.seen).toHaveLength(asked);
  });
});

describe('an answer that is none', () => {
  it.each([
    ['in the middle of its body', { kind: 'cut' } as const, 'unknown'],
    ['by the clock, before its head', { kind: 'hang' } as const, 'timeout'],
    ['by the clock, within its body', { kind: 'hang_in_body' } as const, 'timeout'],
    ['as JSON that ends early', { kind: 'body', body: '{"choices":[' } as const, 'unknown'],
  ])('cut %s: the cost is unknown, and the call transient', async (_name, step, status) => {
    const { outcome, hooks } = await play([step], { timeoutMs: 150 });
    expect(outcome).toMatchObject({ code: 'unavailable' });
    expect(hooks.records).toMatchObject([{ status, totalCostUsd: null }]);
    expect(hooks.records[0]?.boundUsd).toBeGreaterThan(0);
  });

  it.each([
    ['a web page', { kind: 'body', body: '<html>maintenance</html>', type: 'text/html' } as const],
    ['an empty object', { kind: 'body', body: '{}' } as const],
    ['null', { kind: 'body', body: 'null' } as const],
    ['nothing', { kind: 'body', body: '' } as const],
    ['no choices', { kind: 'body', body: '{"choices":[]}' } as const],
    ['a choice without a message', { kind: 'body', body: '{"choices":[{"finish_reason":"stop"}]}' } as const],
  ])('answering with %s: the next model answers, and the cost is unknown', async (_name, step) => {
    const { outcome, hooks } = await play([step, right]);
    expect(outcome).toMatchObject({ kind: 'answered', model: qwen });
    expect(hooks.records[0]).toMatchObject({ status: 'unknown', totalCostUsd: null, error: { code: 'bad_response' } });
  });

  it('reported with status 200: it is read from the body', async () => {
    const body = JSON.stringify({ error: { code: 429, message: 'upstream is busy' } });
    const { outcome, hooks } = await play([{ kind: 'body', body }, right]);
    expect(outcome).toMatchObject({ kind: 'answered', model: qwen });
    expect(hooks.records[0]?.error).toMatchObject({ code: 'rate_limited', message: 'upstream is busy' });
  });
});

describe('a request that is not taken', () => {
  it('unknown model: the next one answers; when all are unknown the caller learns what to set', async () => {
    const unknown: Scripted = { kind: 'status', status: 404, message: 'no such model' };
    expect((await play([unknown, right])).outcome).toMatchObject({ kind: 'answered', model: qwen });
    const { outcome } = await play([unknown]);
    expect(outcome).toMatchObject({
      code: 'model_failed',
      message: expect.stringMatching(/no such model.*STEWARD_MODEL/) as string,
    });
  });

  it('wrong key: no other model of the endpoint is bothered', async () => {
    const { outcome, models } = await play([{ kind: 'status', status: 401, message: 'bad key' }]);
    expect(outcome).toMatchObject({
      code: 'model_failed',
      message: expect.stringContaining('OPENAI_API_KEY') as string,
    });
    expect(models).toHaveLength(1);
  });

  it('prompt too long for all: the input is what is wrong', async () => {
    const { outcome } = await play([
      { kind: 'status', status: 400, message: "This model's maximum context length is 10 tokens" },
    ]);
    expect(outcome).toMatchObject({ code: 'invalid_input' });
  });

  it('moderation: the call is refused', async () => {
    expect((await play([{ kind: 'status', status: 403, message: 'flagged' }])).outcome).toMatchObject({
      code: 'model_refused',
    });
  });

  it('an endpoint without JSON mode: the schema goes into the prompt instead, from then on', async () => {
    const none: Scripted = { kind: 'status', status: 400, message: 'response_format is not supported' };
    const { outcome, service } = await play([none, right], { only: 'mine' });
    expect(outcome).toMatchObject({ kind: 'answered' });
    await service.complete(requestOf(), noHooks);
    expect(endpoint.seen.map(({ body }) => 'response_format' in body)).toEqual([true, false, false]);
  });

  it('an endpoint that is not there: transient, and nothing was spent', async () => {
    const gone = await startScriptedEndpoint();
    const service = await serviceFor(gone.url);
    await gone.close();
    const hooks = recordingHooks();
    await expect(service.complete(requestOf(), hooks)).rejects.toMatchObject({ code: 'unavailable' });
    expect(hooks.records).toMatchObject([{ status: 'error', totalCostUsd: 0, error: { code: 'connection' } }]);
  });

  it('a cancelled call: the attempt is on record as unknown, and the reason is what is thrown', async () => {
    endpoint.script({ kind: 'hang' });
    const service = await serviceFor(endpoint.url);
    const controller = new AbortController();
    const hooks = recordingHooks();
    const call = service.complete(requestOf({ signal: controller.signal }), hooks);
    setTimeout(() => controller.abort(new Error('run cancelled')), 50);
    await expect(call).rejects.toThrow('run cancelled');
    expect(hooks.records).toMatchObject([{ status: 'unknown', totalCostUsd: null }]);
  });

  it('a record that can not be written: nothing is sent', async () => {
    endpoint.script(right);
    const service = await serviceFor(endpoint.url);
    const hooks = { ...noHooks, before: () => Promise.reject(new Error('database away')) };
    await expect(service.complete(requestOf(), hooks)).rejects.toThrow('database away');
    expect(endpoint.seen).toHaveLength(0);
  });
});
