import type { ChatMessage, OutputSpec } from '../model-service.ts';

// An upper bound for the tokenizers of the models in use, by counting what they split. A tokenizer library would be exact
// for one family only (2 MB of ranks each). Measured against o200k and cl100k: prose 1.4 to 2 times their count, JSON 1.3
// to 1.6. Some tokenizers (Qwen's, Gemini's) make a token of every digit.
const lettersPerToken = 3;
// Hashes, keys and base64 have no words to be found: measured 0.55 to 0.65 tokens for a letter.
const longestWord = 24;
const tokensPerDenseLetter = 0.75;
const tokensPerMessage = 8;
const tokensPerRequest = 8;

/** Tokens that one character beyond ASCII can take: at most its bytes in UTF-8, less where scripts are well covered. */
function tokensOfForeign(code: number): number {
  if (code < 0x250) return 1.5;
  if (code < 0x800) return 2;
  // Chinese, Japanese, Korean: rare signs take three.
  return code < 0x10000 ? 3 : 4;
}

function tokensOfWord(letters: number, changes: number): number {
  if (letters === 0) return 0;
  // Words that change between upper and lower case, or are very long, are no words.
  const dense = letters > longestWord || changes > 1;
  return dense ? 1 + Math.ceil(letters * tokensPerDenseLetter) : 1 + Math.floor((letters - 1) / lettersPerToken);
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

function isLetter(code: number): boolean {
  return isUpper(code) || (code >= 97 && code <= 122);
}

/** Most tokens a text can have. */
export function estimateTokens(text: string): number {
  let tokens = 0;
  let letters = 0;
  let changes = 0;
  let before = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (isLetter(code)) {
      if (letters > 0 && isUpper(code) && !isUpper(before)) changes += 1;
      letters += 1;
    } else {
      tokens += tokensOfWord(letters, changes);
      letters = 0;
      changes = 0;
      // One space belongs to the word that follows it.
      if (code >= 128) tokens += tokensOfForeign(code);
      else if (code !== 32 || before === 32) tokens += 1;
    }
    before = code;
  }
  return Math.ceil(tokens + tokensOfWord(letters, changes));
}

/** What a call of a workflow type takes beside its facts: instructions, the answer's schema, what earlier calls answered. */
export const callOverheadTokens = 8_000;

function outputText(output: OutputSpec): string {
  if (output.kind === 'json') return JSON.stringify(output.schema);
  return output.kind === 'tools' ? JSON.stringify(output.tools) : '';
}

function messageText(message: ChatMessage): string {
  return message.role === 'assistant'
    ? `${message.content ?? ''}${JSON.stringify(message.toolCalls ?? [])}`
    : message.content;
}

// The words around a schema or the tools, where they go into the prompt: "Answer with one JSON object …".
const tokensAroundOutput = 150;

/** Most prompt tokens of a request: its messages, and the schema or tools sent with them. */
export function estimatePrompt(messages: readonly ChatMessage[], output: OutputSpec): number {
  const around = output.kind === 'text' ? tokensPerRequest : tokensPerRequest + tokensAroundOutput;
  return messages.reduce(
    (sum, message) => sum + estimateTokens(messageText(message)) + tokensPerMessage,
    around + estimateTokens(outputText(output)),
  );
}
