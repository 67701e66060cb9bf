import type OpenAI from 'openai';
import type { JsonObject } from '../../contract/json.ts';
import type { CatalogueModel } from '../catalogue/catalogue.ts';
import type { ChatMessage, OutputSpec } from '../model-service.ts';
import { toolsAsText, toolsPrompt } from './plain-tools.ts';
import { allowsStrict } from './strict-schema.ts';

type Parameters = OpenAI.ChatCompletionCreateParamsNonStreaming;

export type ChatRequest = {
  readonly model: CatalogueModel;
  readonly messages: readonly ChatMessage[];
  readonly output: OutputSpec;
  readonly temperature: number;
  readonly maxOutputTokens: number;
  readonly requestId: string;
  readonly signal: AbortSignal | undefined;
};

/** What only OpenRouter understands. */
export type OpenRouterFields = {
  /** Its `provider` object, as configured. */
  readonly provider: JsonObject | null;
  /** USD per million tokens that no provider may charge more than: keeps the bound of a call true. Null elsewhere. */
  readonly maxPrice: { readonly prompt: number; readonly completion: number } | null;
};

function toMessage(message: ChatMessage): OpenAI.ChatCompletionMessageParam {
  switch (message.role) {
    case 'system':
    case 'user':
      return { role: message.role, content: message.content };
    case 'tool':
      return { role: 'tool', content: message.content, tool_call_id: message.toolCallId };
    case 'assistant': {
      const calls = (message.toolCalls ?? []).map(({ id, name, arguments: text }) => ({
        id,
        type: 'function' as const,
        function: { name, arguments: text },
      }));
      return { role: 'assistant', content: message.content, ...(calls.length === 0 ? {} : { tool_calls: calls }) };
    }
  }
}

// Providers allow letters, digits, _ and - in a schema's name.
function schemaName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(0, 64);
}

// Many chat templates take one system message only, and only in front.
function instruct(messages: readonly ChatMessage[], text: string): readonly ChatMessage[] {
  const [first, ...rest] = messages;
  if (first?.role === 'system') return [{ role: 'system', content: `${first.content}\n\n${text}` }, ...rest];
  return [{ role: 'system', content: text }, ...messages];
}

function jsonParameters(
  request: ChatRequest,
  output: OutputSpec & { readonly kind: 'json' },
): Pick<Parameters, 'messages' | 'response_format'> {
  const { model, messages } = request;
  if (model.abilities.includes('json_schema')) {
    const schema = { name: schemaName(output.name), schema: { ...output.schema }, strict: allowsStrict(output.schema) };
    return { messages: messages.map(toMessage), response_format: { type: 'json_schema', json_schema: schema } };
  }
  const text = `Answer with one JSON object that fits this JSON Schema, and nothing else:\n${JSON.stringify(output.schema)}`;
  const asked = instruct(messages, text).map(toMessage);
  return model.abilities.includes('json_object')
    ? { messages: asked, response_format: { type: 'json_object' } }
    : { messages: asked };
}

function outputParameters(request: ChatRequest): Pick<Parameters, 'messages' | 'response_format' | 'tools'> {
  const { output, model, messages } = request;
  if (output.kind === 'text') return { messages: messages.map(toMessage) };
  if (output.kind === 'json') return jsonParameters(request, output);
  if (!model.abilities.includes('tools')) {
    const asked = instruct(toolsAsText(messages), toolsPrompt(output.tools)).map(toMessage);
    return model.abilities.includes('json_object')
      ? { messages: asked, response_format: { type: 'json_object' } }
      : { messages: asked };
  }
  const tools = output.tools.map(({ name, description, parameters }) => ({
    type: 'function' as const,
    function: { name, description, parameters: { ...parameters } },
  }));
  return { messages: messages.map(toMessage), tools };
}

/** A request as the endpoint wants it, with as much structure as the model can do. */
export function toParameters(request: ChatRequest, fields: OpenRouterFields): Parameters {
  const { model, temperature, maxOutputTokens } = request;
  const most = Math.min(maxOutputTokens, model.limits.output);
  const parameters = { model: model.wireId, temperature, max_tokens: most, ...outputParameters(request) };
  const { provider, maxPrice } = fields;
  if (provider === null && maxPrice === null) return parameters;
  const price = maxPrice === null ? {} : { max_price: maxPrice };
  // None of OpenAI's fields: the client passes unknown ones through.
  const extra = { provider: { ...provider, ...price }, ...(maxPrice === null ? {} : { usage: { include: true } }) };
  return { ...parameters, ...extra };
}
