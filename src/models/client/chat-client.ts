import OpenAI from 'openai';
import type { JsonObject } from '../../contract/json.ts';
import type { CatalogueModel } from '../catalogue/catalogue.ts';
import type { Usage } from '../catalogue/prices.ts';
import type { ChatMessage, OutputSpec, ToolCall } from '../model-service.ts';
import { readFault } from './faults.ts';
import type { Fault } from './faults.ts';
import { toParameters } from './parameters.ts';

export type ChatRequest = {
  readonly model: CatalogueModel;
  readonly messages: readonly ChatMessage[];
  readonly output: OutputSpec;
  readonly temperature: number;
  readonly maxOutputTokens: number;
  readonly requestId: string;
  readonly signal: AbortSignal | undefined;
};

export type ChatReply = {
  readonly kind: 'reply';
  readonly text: string | null;
  readonly calls: readonly ToolCall[];
  readonly finish: string;
  readonly modelUsed: string;
  readonly provider: string | null;
  /** Null when the provider didn't say: the cost is then unknown. */
  readonly usage: Usage | null;
  /** What the provider says it cost (OpenRouter does), in USD. */
  readonly statedUsd: number | null;
};

export type ChatClient = {
  ask(request: ChatRequest): Promise<ChatReply | Fault>;
  /** Ids of the models the endpoint lists, or null when it doesn't say. */
  listModels(): Promise<readonly string[] | null>;
};

export type ChatEndpoint = {
  readonly baseUrl: string;
  readonly apiKey: string | null;
  /** OpenRouter's `provider` object; sent only when set. */
  readonly routing: JsonObject | null;
  readonly timeoutMs: number;
};

const listTimeoutMs = 5_000;
// Local endpoints want no key, but the client insists on a text.
const noKey = 'none';

function numberAt(value: object, key: string): number | null {
  const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof found === 'number' ? found : null;
}

function textAt(value: object, key: string): string | null {
  const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof found === 'string' ? found : null;
}

function readUsage(completion: OpenAI.ChatCompletion): Usage | null {
  const { usage } = completion;
  if (usage === undefined || usage === null) return null;
  return {
    promptTokens: usage.prompt_tokens,
    completionTokens: usage.completion_tokens,
    cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
  };
}

function readReply(completion: OpenAI.ChatCompletion): ChatReply | Fault {
  const [choice] = completion.choices ?? [];
  const usage = readUsage(completion);
  if (choice === undefined) return { kind: 'fault', fault: 'server', message: 'the answer has no choices', retryAfterMs: null, sent: true };
  const { message } = choice;
  const calls = (message.tool_calls ?? []).flatMap((call) =>
    call.type === 'function' ? [{ id: call.id, name: call.function.name, arguments: call.function.arguments }] : [],
  );
  return {
    kind: 'reply',
    text: message.content ?? null,
    calls,
    finish: message.refusal == null ? choice.finish_reason : 'refusal',
    modelUsed: completion.model,
    provider: textAt(completion, 'provider'),
    usage,
    statedUsd: completion.usage == null ? null : numberAt(completion.usage, 'cost'),
  };
}

/** An OpenAI-compatible endpoint by Chat Completions, what all of them speak. Its own retries are off: ours are counted. */
export function createChatClient(endpoint: ChatEndpoint): ChatClient {
  const { baseUrl, apiKey, timeoutMs } = endpoint;
  const client = new OpenAI({ baseURL: baseUrl, apiKey: apiKey ?? noKey, maxRetries: 0, timeout: timeoutMs });
  return {
    ask: async (request) => {
      const options = { headers: { 'X-Request-Id': request.requestId, 'Idempotency-Key': request.requestId }, ...(request.signal === undefined ? {} : { signal: request.signal }) };
      try {
        return readReply(await client.chat.completions.create(toParameters(request, endpoint.routing), options));
      } catch (error) {
        return readFault(error);
      }
    },
    listModels: async () => {
      try {
        const page = await client.models.list({ timeout: listTimeoutMs });
        return page.data.map((model) => model.id);
      } catch {
        // Many endpoints have no list; the catalogue is taken at its word then.
        return null;
      }
    },
  };
}
