import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOfflineModel } from '../../../src/models/offline/server.ts';
import type { OfflineModel } from '../../../src/models/offline/server.ts';
import { planningBody } from './support.ts';

let model: OfflineModel;
let client: OpenAI;

beforeAll(async () => {
  model = await startOfflineModel();
  client = new OpenAI({ baseURL: model.url, apiKey: 'none', maxRetries: 0 });
});
afterAll(async () => {
  await model.close();
});

const messages = [{ role: 'user' as const, content: 'Buy soil. The beans 🌱 are planted in May.' }];

async function post(body: string): Promise<{ readonly status: number; readonly error: unknown }> {
  const response = await fetch(`${model.url}/chat/completions`, { method: 'POST', body });
  const parsed: unknown = await response.json();
  return { status: response.status, error: parsed };
}

describe('the endpoint', () => {
  it('lists its models', async () => {
    const ids = (await client.models.list()).data.map((each) => each.id);
    expect(ids).toEqual(['steward-offline-fast', 'steward-offline', 'steward-offline-strong']);
    expect((await client.models.retrieve('steward-offline')).id).toBe('steward-offline');
  });

  it('answers a chat, naming itself and counting tokens', async () => {
    const completion = await client.chat.completions.create({ model: 'steward-offline', messages });
    const content = completion.choices[0]?.message.content ?? '';
    expect(completion).toMatchObject({
      model: 'steward-offline',
      object: 'chat.completion',
      system_fingerprint: expect.stringMatching(/^steward-offline-/),
    });
    expect(completion.choices[0]?.finish_reason).toBe('stop');
    expect(completion.usage?.completion_tokens).toBe(Math.ceil(content.length / 4));
    expect(completion.usage?.total_tokens).toBe((completion.usage?.prompt_tokens ?? 0) + Math.ceil(content.length / 4));
  });

  it('answers the same request with the same bytes', async () => {
    const ask = async (): Promise<string> =>
      (
        await fetch(`${model.url}/chat/completions`, {
          method: 'POST',
          body: JSON.stringify(planningBody('plan', { intent: '- Buy soil\n- Plant beans' })),
        })
      ).text();
    expect(await ask()).toBe(await ask());
  });

  it('streams the same answer in pieces, with usage when asked', async () => {
    const whole = await client.chat.completions.create({ model: 'steward-offline', messages });
    const stream = await client.chat.completions.create({
      model: 'steward-offline',
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let total = 0;
    let reason: string | null = null;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      reason = chunk.choices[0]?.finish_reason ?? reason;
      total = chunk.usage?.total_tokens ?? total;
    }
    expect({ text, reason, total }).toEqual({
      text: whole.choices[0]?.message.content,
      reason: 'stop',
      total: expect.any(Number),
    });
    expect(total).toBeGreaterThan(0);
  });

  it('streams tool calls', async () => {
    const stream = client.chat.completions.stream({
      model: 'steward-offline',
      messages,
      tools: [
        {
          type: 'function',
          function: {
            name: 'finish',
            parameters: { type: 'object', required: ['summary'], properties: { summary: { type: 'string' } } },
          },
        },
      ],
    });
    const final = await stream.finalChatCompletion();
    expect(final.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { tool_calls: [{ function: { name: 'finish', arguments: expect.stringContaining('summary') } }] },
    });
  });

  it('says when the answer was cut at the token limit', async () => {
    const completion = await client.chat.completions.create({ model: 'steward-offline', messages, max_tokens: 3 });
    expect(completion.choices[0]?.finish_reason).toBe('length');
    expect(completion.usage?.completion_tokens).toBeLessThanOrEqual(3);
  });
});

describe('bad requests', () => {
  it.each([
    ['{', null],
    ['[]', null],
    ['{"messages":[]}', 'model'],
    ['{"model":"steward-offline","messages":[]}', 'messages'],
    ['{"model":"steward-offline","messages":[{"role":"boss","content":"x"}]}', 'messages[0].role'],
    [
      '{"model":"steward-offline","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema"}}',
      'response_format.json_schema',
    ],
  ])("%s are refused in OpenAI's shape, naming the field", async (body, param) => {
    expect(await post(body)).toEqual({
      status: 400,
      error: { error: { message: expect.any(String), type: 'invalid_request_error', param, code: null } },
    });
  });

  it('for unknown models and addresses are 404', async () => {
    await expect(client.chat.completions.create({ model: 'gpt-9', messages })).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    });
    expect((await fetch(`${model.url}/embeddings`, { method: 'POST' })).status).toBe(404);
  });
});

it('closes with connections open, and a second one finds a port of its own', async () => {
  const other = await startOfflineModel({ delayMs: 60_000 });
  expect(other.url).not.toBe(model.url);
  const body = JSON.stringify({ model: 'steward-offline', messages });
  const pending = fetch(`${other.url}/chat/completions`, { method: 'POST', body }).then(
    () => 'answered',
    () => 'ended',
  );
  await fetch(`${other.url}/models`);
  await other.close();
  expect(await pending).toBe('ended');
});
