import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ModelOutcome } from '../../../../src/models/model-service.ts';
import { recordingHooks, requestOf, serviceFor } from '../support/requests.ts';
import { startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import type { Scripted, ScriptedEndpoint } from '../support/scripted-endpoint.ts';

const deepseek = 'deepseek/deepseek-chat';
const flash = 'google/gemini-2.5-flash';
const right: Scripted = { kind: 'content', content: '{"answer":42}' };
const wrong: Scripted = { kind: 'content', content: '{"answer":"many"}' };

let endpoint: ScriptedEndpoint;
beforeAll(async () => {
  endpoint = await startScriptedEndpoint();
});
beforeEach(() => endpoint.models(404));
afterAll(async () => {
  await endpoint.close();
});

async function play(steps: readonly Scripted[], changes: Parameters<typeof requestOf>[0] = {}) {
  endpoint.script(...steps);
  const service = await serviceFor(endpoint.url);
  const hooks = recordingHooks();
  const outcome = await service.complete(requestOf(changes), hooks).catch((error: unknown) => error);
  return { outcome: outcome as ModelOutcome, hooks, models: endpoint.seen.map(({ body }) => body.model) };
}

describe('answers of a model', () => {
  it('are validated, priced and on record', async () => {
    const { outcome, hooks } = await play([right]);
    expect(outcome).toMatchObject({ kind: 'answered', output: { answer: 42 }, model: deepseek, offline: false });
    const cost = (100 * 0.38 + 20 * 0.89) / 1_000_000;
    expect(hooks.records).toMatchObject([
      { attempt: 1, status: 'success', promptTokens: 100, completionTokens: 20, totalTokens: 120, error: null },
    ]);
    expect(hooks.records[0]?.totalCostUsd).toBeCloseTo(cost, 12);
    expect(hooks.records[0]?.boundUsd).toBeGreaterThan(cost);
  });

  it('carry the request id and the number of the attempt to the provider', async () => {
    await play([wrong, right]);
    expect(endpoint.seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['request-1-1', 'request-1-2']);
    expect(endpoint.seen[0]?.headers['x-request-id']).toBe('request-1-1');
  });

  it.each([
    ['in a fence', 'Sure:\n```json\n{"answer": 42,}\n```'],
    ['with small faults', "{'answer': 42}"],
  ])('are read %s, without asking again', async (_name, content) => {
    const { outcome, models } = await play([{ kind: 'content', content }]);
    expect(outcome).toMatchObject({ kind: 'answered', output: { answer: 42 } });
    expect(models).toHaveLength(1);
  });

  it('that break the schema are shown to the same model with what is wrong, then it is right', async () => {
    const { outcome, hooks, models } = await play([wrong, right]);
    expect(outcome).toMatchObject({ kind: 'answered', output: { answer: 42 } });
    expect(models).toEqual([deepseek, deepseek]);
    const repair = endpoint.seen[1]?.body.messages ?? [];
    expect(repair.at(-2)).toEqual({ role: 'assistant', content: '{"answer":"many"}' });
    expect(repair.at(-1)?.content).toContain('answer: must be an integer');
    expect(hooks.records.map(({ status }) => status)).toEqual(['invalid', 'success']);
  });

  it('that stay wrong go to the next stronger model, which starts afresh', async () => {
    const { outcome, models } = await play([wrong, { kind: 'content', content: 'I would say 42.' }, right]);
    expect(outcome).toMatchObject({ kind: 'answered', model: flash });
    expect(models).toEqual([deepseek, deepseek, flash]);
    expect(endpoint.seen[2]?.body.messages).toHaveLength(2);
  });

  it('that are never right end the call after its retries, with the problems of the last one', async () => {
    const { outcome, hooks } = await play([wrong]);
    expect(outcome).toMatchObject({ code: 'model_failed', details: { attempts: 3, problems: [{ path: 'answer' }] } });
    expect(hooks.records).toHaveLength(3);
  });

  it('are asked for once only when no retries are allowed', async () => {
    const { outcome, models } = await play([wrong], { maxRetries: 0 });
    expect(outcome).toMatchObject({ code: 'model_failed' });
    expect(models).toHaveLength(1);
  });

  it('go on with the only model there is', async () => {
    endpoint.script(wrong, wrong, right);
    const service = await serviceFor(endpoint.url, { only: 'mine' });
    const outcome = await service.complete(requestOf(), recordingHooks());
    expect(outcome).toMatchObject({ kind: 'answered', model: 'mine' });
    expect(endpoint.seen.map(({ body }) => body.messages.length)).toEqual([2, 4, 2]);
  });

  it('that were cut at the output limit are never taken, even where their JSON can be closed', async () => {
    const cut: Scripted = { kind: 'content', content: '{"answer":4', finish: 'length' };
    const { outcome, hooks } = await play([cut, right]);
    expect(outcome).toMatchObject({ kind: 'answered', output: { answer: 42 } });
    expect(hooks.records[0]?.error).toMatchObject({ code: 'cut_at_limit' });
    expect(endpoint.seen[1]?.body.messages.at(-1)?.content).toContain('more briefly');
  });

  it('that end within their JSON are never completed by guesses', async () => {
    const { hooks } = await play([{ kind: 'content', content: '{"answer":42' }, right]);
    expect(hooks.records[0]).toMatchObject({
      status: 'invalid',
      error: { message: expect.stringContaining('ends before') as string },
    });
  });

  it('that are empty are asked for again', async () => {
    const { outcome, hooks } = await play([{ kind: 'content', content: ' ' }, right]);
    expect(outcome).toMatchObject({ kind: 'answered' });
    expect(hooks.records[0]?.error).toMatchObject({ code: 'empty_answer' });
  });

  it('that are refusals go to another model, and end as such when all refuse', async () => {
    const refusal: Scripted = { kind: 'message', message: { content: null, refusal: 'I must not.' } };
    expect((await play([refusal, right])).models).toEqual([deepseek, flash]);
    const { outcome } = await play([refusal]);
    expect(outcome).toMatchObject({ code: 'model_refused', message: expect.stringContaining('I must not.') as string });
  });
});

describe('the cost of an answer', () => {
  it('is unknown, never 0, when the provider sends no usage or nonsense for it', async () => {
    for (const usage of [
      null,
      {},
      { prompt_tokens: 0, completion_tokens: 0 },
      { prompt_tokens: 'many', completion_tokens: -1 },
    ]) {
      const { hooks } = await play([{ kind: 'content', content: '{"answer":42}', usage }]);
      expect(hooks.records).toMatchObject([
        { status: 'success', totalCostUsd: null, inputCostUsd: null, totalTokens: 0 },
      ]);
    }
  });

  it("is what the provider says, its own bill for one's own key included", async () => {
    const counted = { prompt_tokens: 100, completion_tokens: 20 };
    const stated = await play([{ kind: 'content', content: '{"answer":42}', usage: { ...counted, cost: 0.5 } }]);
    expect(stated.hooks.records[0]?.totalCostUsd).toBe(0.5);
    const usage = { ...counted, cost: 0.01, is_byok: true, cost_details: { upstream_inference_cost: 0.2 } };
    const own = await play([{ kind: 'content', content: '{"answer":42}', usage }]);
    expect(own.hooks.records[0]?.totalCostUsd).toBeCloseTo(0.21, 9);
  });

  it('is that of the model which gave it', async () => {
    const { outcome, hooks } = await play([{ kind: 'content', content: '{"answer":42}', model: 'steward-offline' }]);
    expect(outcome).toMatchObject({ kind: 'answered', model: 'steward-offline', offline: true });
    expect(hooks.records[0]?.totalCostUsd).toBe(0);
  });
});

describe('turns with tools', () => {
  const tools = {
    kind: 'tools',
    tools: [{ name: 'fetch_tasks', description: 'Reads tasks.', parameters: { type: 'object' } }],
  } as const;

  it('hand on the calls as the model wrote them, wrong ones too: the loop answers them', async () => {
    const calls = [
      { id: 'c1', type: 'function', function: { name: 'fetch_tasks', arguments: '{"a":1}' } },
      { type: 'function', function: { name: 'no_such_tool', arguments: '{broken' } },
    ];
    const { outcome } = await play(
      [{ kind: 'message', message: { content: null, tool_calls: calls }, finish: 'tool_calls' }],
      { output: tools },
    );
    expect(outcome).toMatchObject({
      output: {
        text: null,
        calls: [
          { id: 'c1', name: 'fetch_tasks', arguments: '{"a":1}' },
          { name: 'no_such_tool', arguments: '{broken' },
        ],
      },
    });
  });

  it('end with text', async () => {
    const { outcome } = await play([{ kind: 'content', content: 'All done.' }], { output: tools });
    expect(outcome).toMatchObject({ output: { text: 'All done.', calls: [] } });
  });

  it('are spoken in JSON with a model that has no tool calling', async () => {
    endpoint.script(
      { kind: 'content', content: '{"reasoning":"look first","action":"fetch_tasks","parameters":{"a":1}}' },
      { kind: 'content', content: '{"reasoning":"enough","action":"finish","result":"All done."}' },
    );
    const service = await serviceFor(endpoint.url, { only: 'meta-llama/llama-3.1-8b-instruct' });
    const first = await service.complete(requestOf({ output: tools }), recordingHooks());
    expect(first).toMatchObject({
      output: { text: 'look first', calls: [{ name: 'fetch_tasks', arguments: '{"a":1}' }] },
    });
    const last = await service.complete(requestOf({ output: tools }), recordingHooks());
    expect(last).toMatchObject({ output: { text: 'All done.', calls: [] } });
  });
});
