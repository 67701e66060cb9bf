import type { ChatMessage, OutputSpec } from '../model-service.ts';

// Tokenizers of the models in use need 3.5 to 5 characters for a token of prose and about 2.5 for dense JSON; scripts
// beyond ASCII go up to two tokens a character. These figures are above all of them: an estimate that is an upper bound.
const asciiPerToken = 2.5;
const tokensPerOther = 2;
const tokensPerMessage = 8;

/** Most tokens a text can have. */
export function estimateTokens(text: string): number {
  let ascii = 0;
  let other = 0;
  for (const character of text) {
    if (character.charCodeAt(0) < 128) ascii += 1;
    else other += 1;
  }
  return Math.ceil(ascii / asciiPerToken) + other * tokensPerOther;
}

function outputText(output: OutputSpec): string {
  if (output.kind === 'json') return JSON.stringify(output.schema);
  return output.kind === 'tools' ? JSON.stringify(output.tools) : '';
}

/** Most prompt tokens of a request: its messages, and the schema or tools sent with them. */
export function estimatePrompt(messages: readonly ChatMessage[], output: OutputSpec): number {
  const texts = messages.map((message) => (message.role === 'assistant' ? `${message.content ?? ''}${JSON.stringify(message.toolCalls ?? [])}` : message.content));
  return texts.reduce((sum, text) => sum + estimateTokens(text) + tokensPerMessage, estimateTokens(outputText(output)));
}
