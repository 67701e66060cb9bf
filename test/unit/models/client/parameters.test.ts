import { describe, expect, it } from 'vitest';
import { unknownModel } from '../../../../src/models/catalogue/catalogue.ts';
import type { CatalogueModel } from '../../../../src/models/catalogue/catalogue.ts';
import { toParameters } from '../../../../src/models/client/parameters.ts';
import { allowsStrict } from '../../../../src/models/client/strict-schema.ts';
import type { ModelRequest } from '../../../../src/models/model-service.ts';
import { json, requestOf, schema } from '../support/requests.ts';

const none = { provider: null, maxPrice: null };

function parametersOf(
  abilities: CatalogueModel['abilities'],
  changes: Partial<ModelRequest> = {},
  fields: Parameters<typeof toParameters>[1] = none,
) {
  const { messages, output, temperature, maxOutputTokens, requestId } = requestOf(changes);
  const model = { ...unknownModel('m'), wireId: 'wire', abilities };
  return toParameters({ model, messages, output, temperature, maxOutputTokens, requestId, signal: undefined }, fields);
}

const tools = {
  kind: 'tools',
  tools: [{ name: 'fetch_tasks', description: 'Reads tasks.', parameters: schema }],
} as const;

describe('a request on the wire', () => {
  it('asks for the schema by name where the model knows JSON Schema', () => {
    expect(parametersOf(['json_schema'])).toMatchObject({
      model: 'wire',
      temperature: 0,
      max_tokens: 1_000,
      response_format: { type: 'json_schema', json_schema: { name: 'test-answer', strict: true, schema } },
    });
  });

  it('puts the schema into the one system message where the model knows only JSON, or not even that', () => {
    const object = parametersOf(['json_object']);
    expect(object.response_format).toEqual({ type: 'json_object' });
    expect(object.messages.map((message) => message.role)).toEqual(['system', 'user']);
    expect(object.messages[0]?.content).toContain(JSON.stringify(schema));
    const plain = parametersOf([]);
    expect(plain.response_format).toBeUndefined();
    expect(plain.messages[0]?.content).toContain(JSON.stringify(schema));
  });

  it("never asks for more output than the model's limit", () => {
    expect(parametersOf([], { maxOutputTokens: 100_000 }).max_tokens).toBe(8_192);
  });

  it('offers tools natively, or in words to a model without tool calling', () => {
    expect(parametersOf(['tools'], { output: tools }).tools).toMatchObject([
      { type: 'function', function: { name: 'fetch_tasks' } },
    ]);
    const messages = [
      { role: 'user', content: 'go' },
      { role: 'assistant', content: null, toolCalls: [{ id: 'c1', name: 'fetch_tasks', arguments: '{"answer":1}' }] },
      { role: 'tool', content: '[]', toolCallId: 'c1' },
    ] as const;
    const plain = parametersOf(['json_object'], { output: tools, messages });
    expect(plain.tools).toBeUndefined();
    expect(plain.messages.map((message) => message.role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(plain.messages[0]?.content).toContain('fetch_tasks: Reads tasks.');
    expect(plain.messages[2]?.content).toBe('Call c1: {"action": "fetch_tasks", "parameters": {"answer":1}}');
  });

  it('carries routing only where it is configured', () => {
    const routing = { order: ['deepseek'], allow_fallbacks: true, require_parameters: true, data_collection: 'deny' };
    expect(parametersOf([])).not.toHaveProperty('provider');
    expect(parametersOf([], {}, { provider: routing, maxPrice: null })).toMatchObject({ provider: routing });
  });

  it('forbids OpenRouter providers that charge more than the bound assumes', () => {
    const fields = { provider: { data_collection: 'deny' }, maxPrice: { prompt: 1, completion: 2 } };
    expect(parametersOf([], {}, fields)).toMatchObject({
      provider: { data_collection: 'deny', max_price: { prompt: 1, completion: 2 } },
      usage: { include: true },
    });
  });
});

describe('strict mode', () => {
  it('is used for closed objects of simple keywords whose fields are all required', () => {
    expect(json.kind === 'json' && allowsStrict(json.schema)).toBe(true);
  });

  it.each([
    ['an open object', { type: 'object', properties: {}, required: [] }],
    ['an optional field', { ...schema, required: [] }],
    ['a keyword that strict mode refuses', { ...schema, properties: { answer: { type: 'integer', minimum: 0 } } }],
    ['a nested open object', { ...schema, properties: { answer: { type: 'object', properties: {} } } }],
    ['a list as the answer', { type: 'array', items: { type: 'string' } }],
  ])('is not used for %s', (_name, given) => {
    expect(allowsStrict(given)).toBe(false);
  });
});
