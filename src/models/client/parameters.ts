import type OpenAI from 'openai';
import type { JsonObject } from '../../contract/json.ts';
import type { ChatMessage, OutputSpec } from '../model-service.ts';
import type { ChatRequest } from './chat-client.ts';

type Parameters = OpenAI.ChatCompletionCreateParamsNonStreaming;

function toMessage(message: ChatMessage): OpenAI.ChatCompletionMessageParam {
  switch (message.role) {
    case 'system':
    case 'user':
      return { role: message.role, content: message.content };
    case 'tool':
      return { role: 'tool', content: message.content, tool_call_id: message.toolCallId };
    case 'assistant': {
      const calls = (message.toolCalls ?? []).map(({ id, name, arguments: text }) => ({ id, type: 'function' as const, function: { name, arguments: text } }));
      return { role: 'assistant', content: message.content, ...(calls.length === 0 ? {} : { tool_calls: calls }) };
    }
  }
}

// Providers allow letters, digits, _ and - in a schema's name.
function schemaName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(0, 64);
}

function withSchemaInPrompt(messages: OpenAI.ChatCompletionMessageParam[], output: OutputSpec & { readonly kind: 'json' }): OpenAI.ChatCompletionMessageParam[] {
  const text = `Answer with one JSON object that fits this JSON Schema, and nothing else:\n${JSON.stringify(output.schema)}`;
  return [...messages, { role: 'system', content: text }];
}

function outputParameters(request: ChatRequest, messages: OpenAI.ChatCompletionMessageParam[]): Pick<Parameters, 'messages' | 'response_format' | 'tools'> {
  const { output, model } = request;
  if (output.kind === 'text') return { messages };
  if (output.kind === 'tools') {
    const tools = output.tools.map(({ name, description, parameters }) => ({ type: 'function' as const, function: { name, description, parameters: { ...parameters } } }));
    return { messages, tools };
  }
  if (model.abilities.includes('json_schema')) {
    return { messages, response_format: { type: 'json_schema', json_schema: { name: schemaName(output.name), schema: { ...output.schema } } } };
  }
  const asked = withSchemaInPrompt(messages, output);
  return model.abilities.includes('json_object') ? { messages: asked, response_format: { type: 'json_object' } } : { messages: asked };
}

/** A request as the endpoint wants it, with as much structure as the model can do. */
export function toParameters(request: ChatRequest, routing: JsonObject | null): Parameters {
  const { model, temperature, maxOutputTokens } = request;
  const base = { model: model.id, temperature, max_tokens: Math.min(maxOutputTokens, model.maxOutput) };
  const parameters = { ...base, ...outputParameters(request, request.messages.map(toMessage)) };
  return routing === null ? parameters : withRouting(parameters, routing);
}

/** OpenRouter's field is none of OpenAI's: the client passes unknown ones through. */
function withRouting(parameters: Parameters, routing: JsonObject): Parameters {
  return { ...parameters, provider: routing } as Parameters;
}
