import type { ChatRequest } from '../request-body.ts';

// No word of any language is as long: it is pasted data, and rules that look at words would take minutes over it. JSON's own
// marks end a word, so that what a section holds as JSON stays JSON.
const endless = /[^\s"'\\{}[\],:;.!?<>()]{400,}/gu;
const kept = 40;

/** The text with endless words cut to their beginning. */
export function shortWords(text: string): string {
  return text.replaceAll(endless, (word) => word.slice(0, kept).toWellFormed());
}

/** The request as the rules read it. */
export function withShortWords(request: ChatRequest): ChatRequest {
  return {
    ...request,
    messages: request.messages.map((message) => ({ ...message, text: shortWords(message.text) })),
  };
}
