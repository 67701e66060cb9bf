import type { Json, JsonObject } from '../../src/contract/json.ts';
import { answerRequest } from '../../src/models/offline/answer/answer.ts';
import { readBody } from '../../src/models/offline/request-body.ts';
import type { ChatMessage, ChatRequest, ChatTool } from '../../src/models/offline/request-body.ts';

const toolLine = /^- (?<name>[\w-]+): (?<description>.*?) Parameters \(JSON Schema\): (?<schema>\{.*\})$/gmu;
const callLine = /^Call (?<id>\w+): (?<call>\{.*\})$/gmu;
const resultText = /^Result of the call (?<id>\w+):\n<section name="result">\n(?<text>[\s\S]*)\n<\/section>$/u;

function parse(text: string): JsonObject {
  // Written by `toolsPrompt` and `toolsAsText` as an object.
  return JSON.parse(text) as JsonObject;
}

function toolsIn(text: string): readonly ChatTool[] {
  return [...text.matchAll(toolLine)].map(({ groups = {} }) => ({
    name: groups['name'] ?? '',
    description: groups['description'] ?? '',
    parameters: parse(groups['schema'] ?? '{}'),
  }));
}

/** A message in words as it was before: with its calls, or as a call's result. */
function natively(message: ChatMessage): ChatMessage {
  const result = resultText.exec(message.text)?.groups;
  if (message.role === 'user' && result !== undefined)
    return { ...message, role: 'tool', text: result['text'] ?? '', toolCallId: result['id'] ?? null };
  if (message.role !== 'assistant') return message;
  const toolCalls = [...message.text.matchAll(callLine)].map(({ groups = {} }) => {
    const { action, parameters } = parse(groups['call'] ?? '{}');
    return {
      id: groups['id'] ?? '',
      name: typeof action === 'string' ? action : '',
      arguments: JSON.stringify(parameters),
    };
  });
  return { ...message, text: message.text.replaceAll(callLine, '').trim(), toolCalls };
}

/**
 * A turn of an agent as a model without tool calls would write it: what the offline model does with the tools that the
 * request describes in words. Null for any other request.
 */
export function plainTurn(body: string): string | null {
  const read = readBody(JSON.parse(body) as Json);
  if (!read.ok) throw new Error(`no chat request: ${read.fault.message}`);
  const asked = read.request;
  const tools = toolsIn(asked.messages[0]?.text ?? '');
  if (tools.length === 0 || asked.tools.length > 0) return null;
  const request: ChatRequest = { ...asked, tools, messages: asked.messages.map(natively) };
  const { content, toolCall } = answerRequest(request);
  const action = toolCall === null ? {} : { action: toolCall.name, parameters: toolCall.arguments };
  return JSON.stringify({ reasoning: content, ...action });
}
