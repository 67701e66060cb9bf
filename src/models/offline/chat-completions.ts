import { createHash } from 'node:crypto';
import { answerRequest } from './answer/answer.ts';
import { readRequest } from './read-request.ts';
import type { ApiFault, ChatRequest } from './request-body.ts';

/** What the endpoint's models are called; they differ in name only, so that profiles have something to choose from. */
export const offlineModels = ['steward-offline-fast', 'steward-offline', 'steward-offline-strong'] as const;
/** Changes whenever the rules answer differently. */
const offlineFingerprint = 'steward-offline-1';

export type Usage = {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
};
export type CompletionToolCall = {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
};
/** A finished answer, before it is sent whole or as a stream. */
export type Completion = {
  readonly id: string;
  readonly created: number;
  readonly model: string;
  readonly content: string;
  readonly toolCalls: readonly CompletionToolCall[];
  readonly finishReason: 'stop' | 'length' | 'tool_calls';
  readonly usage: Usage;
};

const charactersPerToken = 4;

function tokensOf(characters: number): number {
  return Math.ceil(characters / charactersPerToken);
}

function promptCharacters(request: ChatRequest): number {
  const messages = request.messages.reduce(
    (sum, message) =>
      sum +
      message.role.length +
      message.text.length +
      message.toolCalls.reduce((inner, call) => inner + call.name.length + call.arguments.length, 0),
    0,
  );
  const tools = request.tools.reduce(
    (sum, tool) => sum + tool.name.length + tool.description.length + JSON.stringify(tool.parameters).length,
    0,
  );
  const schema = request.responseFormat.schema === null ? 0 : JSON.stringify(request.responseFormat.schema).length;
  return messages + tools + schema;
}

/** The request's own "now" as the answer's time: the clock would make the same request answer differently. */
function createdAt(request: ChatRequest): number {
  const now = readRequest(request).sections['now'];
  const instant = typeof now === 'string' ? Date.parse(now) : Number.NaN;
  return Number.isNaN(instant) ? 0 : Math.floor(instant / 1000);
}

function lastWhole(text: string, characters: number): string {
  return text.slice(0, characters).replace(/[\uD800-\uDBFF]$/u, '');
}

/** Completes a checked request, or says which model is unknown. Pure. */
export function complete(
  request: ChatRequest,
): { readonly ok: true; readonly completion: Completion } | { readonly ok: false; readonly fault: ApiFault } {
  const model = offlineModels.find((name) => name === request.model);
  if (model === undefined) {
    return {
      ok: false,
      fault: {
        status: 404,
        message: `The model '${request.model}' does not exist; this endpoint serves ${offlineModels.join(', ')}.`,
        param: 'model',
        code: 'model_not_found',
        type: 'invalid_request_error',
      },
    };
  }
  const answer = answerRequest(request);
  const digest = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  const most = request.maxTokens === null ? Number.POSITIVE_INFINITY : request.maxTokens * charactersPerToken;
  const content = answer.content.length <= most ? answer.content : lastWhole(answer.content, most);
  const toolCalls =
    answer.toolCall === null
      ? []
      : [
          {
            id: `call_${digest.slice(24, 48)}`,
            type: 'function' as const,
            function: { name: answer.toolCall.name, arguments: JSON.stringify(answer.toolCall.arguments) },
          },
        ];
  const prompt = tokensOf(promptCharacters(request));
  const completion = tokensOf(
    content.length +
      toolCalls.reduce((sum, call) => sum + call.function.name.length + call.function.arguments.length, 0),
  );
  const finishReason = content.length < answer.content.length ? 'length' : toolCalls.length > 0 ? 'tool_calls' : 'stop';
  return {
    ok: true,
    completion: {
      id: `chatcmpl-${digest.slice(0, 24)}`,
      created: createdAt(request),
      model,
      content,
      toolCalls,
      finishReason,
      usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
    },
  };
}

/** The completion as OpenAI's API sends it whole. */
export function completionBody(completion: Completion): object {
  const message = {
    role: 'assistant',
    content: completion.content,
    refusal: null,
    ...(completion.toolCalls.length === 0 ? {} : { tool_calls: completion.toolCalls }),
  };
  return {
    id: completion.id,
    object: 'chat.completion',
    created: completion.created,
    model: completion.model,
    system_fingerprint: offlineFingerprint,
    choices: [{ index: 0, message, logprobs: null, finish_reason: completion.finishReason }],
    usage: completion.usage,
  };
}

/** Pieces of at most 400 whole characters. */
const piece = /[\s\S]{1,400}/gu;

/** The completion as a stream: role, pieces of content, tool calls, the end, and the usage where it was asked for. */
export function completionChunks(completion: Completion, includeUsage: boolean): readonly object[] {
  const base = {
    id: completion.id,
    object: 'chat.completion.chunk',
    created: completion.created,
    model: completion.model,
    system_fingerprint: offlineFingerprint,
  };
  const chunk = (delta: object, finishReason: string | null): object => ({
    ...base,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
    ...(includeUsage ? { usage: null } : {}),
  });
  const pieces = completion.content.match(piece) ?? [];
  return [
    chunk({ role: 'assistant', content: '' }, null),
    ...pieces.map((content) => chunk({ content }, null)),
    ...completion.toolCalls.map((call, index) => chunk({ tool_calls: [{ index, ...call }] }, null)),
    chunk({}, completion.finishReason),
    ...(includeUsage ? [{ ...base, choices: [], usage: completion.usage }] : []),
  ];
}
