import { asText } from '../json-values.ts';
import { readRequest } from '../read-request.ts';
import type { ChatRequest } from '../request-body.ts';
import { fitToSchema } from '../generic/fit-schema.ts';
import { withShortWords } from '../text/short-words.ts';
import { answerText, readMaterial } from '../generic/material.ts';
import { jsonWithin } from '../generic/shrink.ts';
import { takeTurn } from '../generic/tools.ts';
import type { ToolCall } from '../generic/tools.ts';
import { taughtTurn } from './turns.ts';

/** What the offline model answers: text (JSON where JSON was asked for), or a tool to call. */
export type Answer = { readonly content: string; readonly toolCall: ToolCall | null };

/** Answers one chat request. Pure: the same request has the same answer. */
export function answerRequest(asked: ChatRequest): Answer {
  const request = withShortWords(asked);
  if (request.tools.length > 0 && request.toolChoice !== 'none') {
    const turn = taughtTurn(request) ?? takeTurn(request);
    return turn.kind === 'say'
      ? { content: turn.text, toolCall: null }
      : { content: turn.reasoning, toolCall: turn.call };
  }
  const read = readRequest(request);
  const intent = asText(read.sections['intent']);
  const text = intent === '' ? read.text : intent;
  if (read.answerer === null && request.responseFormat.kind === 'text')
    return { content: answerText(text), toolCall: null };
  const value = read.answerer?.(read.sections);
  const fitted =
    read.schema === null
      ? (value ?? { summary: readMaterial(text).summary })
      : fitToSchema(value, read.schema, readMaterial(text));
  return { content: jsonWithin(fitted, request.maxTokens), toolCall: null };
}
