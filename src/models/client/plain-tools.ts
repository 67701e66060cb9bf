import { sectionText } from '../../contract/prompts/section.ts';
import type { ChatMessage, ToolDescription } from '../model-service.ts';

/** Tells a model that has no tool calling how to ask for one. */
export function toolsPrompt(tools: readonly ToolDescription[]): string {
  const lines = tools.map(
    ({ name, description, parameters }) =>
      `- ${name}: ${description} Parameters (JSON Schema): ${JSON.stringify(parameters)}`,
  );
  const finish = hasFinish(tools)
    ? 'When you are done: {"reasoning": "why", "action": "finish", "parameters": {… as the tool finish says}, "is_final": true}.'
    : 'When you are done: {"reasoning": "why", "action": "finish", "result": "your answer"}.';
  return [
    'You can use these tools:',
    ...lines,
    'Answer with one JSON object and nothing else: {"reasoning": "why", "action": "name of a tool", "parameters": {…}}.',
    'For several calls that do not depend on each other: {"reasoning": "why", "actions": [{"action": "…", "parameters": {…}}, …]}.',
    finish,
  ].join('\n');
}

/** Whether the end of the work is a tool among the others, with parameters of its own. */
export function hasFinish(tools: readonly ToolDescription[]): boolean {
  return tools.some(({ name }) => name === 'finish');
}

function asText(message: ChatMessage): ChatMessage {
  if (message.role === 'tool')
    return {
      role: 'user',
      content: `Result of the call ${message.toolCallId}:\n${sectionText('result', message.content)}`,
    };
  if (message.role !== 'assistant' || message.toolCalls === undefined) return message;
  const calls = message.toolCalls.map(
    ({ id, name, arguments: text }) => `Call ${id}: {"action": ${JSON.stringify(name)}, "parameters": ${text}}`,
  );
  return { role: 'assistant', content: [message.content ?? '', ...calls].filter((line) => line !== '').join('\n') };
}

/** A conversation with tool calls, for a model that knows only text. */
export function toolsAsText(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  return messages.map(asText);
}
