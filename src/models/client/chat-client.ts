import OpenAI from 'openai';
import { z } from 'zod';
import type { JsonObject } from '../../contract/json.ts';
import type { Rates } from '../catalogue/prices.ts';
import { readFault } from './faults.ts';
import type { Fault } from './faults.ts';
import { toParameters } from './parameters.ts';
import type { ChatRequest } from './parameters.ts';
import { readReply } from './reply.ts';
import type { ChatReply } from './reply.ts';

/** `silent`: the endpoint has no list. `away`: it didn't answer, and may have one later. */
export type ModelList =
  | { readonly kind: 'listed'; readonly ids: readonly string[] }
  | { readonly kind: 'silent' }
  | { readonly kind: 'away'; readonly message: string };

export type Ask = ChatRequest & { readonly rates: Rates; readonly timeoutMs: number };

export interface ChatClient {
  ask(request: Ask): Promise<ChatReply | Fault>;
  listModels(): Promise<ModelList>;
}

export type ChatEndpoint = {
  readonly baseUrl: string;
  readonly apiKey: string | null;
  /** OpenRouter's `provider` object; sent only when set. */
  readonly routing: JsonObject | null;
  readonly now: () => number;
};

const listTimeoutMs = 3_000;
// Local endpoints want no key, but the client insists on a text.
const noKey = 'none';

const listSchema = z.object({ data: z.array(z.object({ id: z.string().min(1) })) });

// Every setting that the client would else read from the environment is given here.
function openClient(baseUrl: string, apiKey: string | null): OpenAI {
  return new OpenAI({
    baseURL: baseUrl,
    apiKey: apiKey ?? noKey,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
  });
}

function isOpenRouter(baseUrl: string): boolean {
  return /(^|\.)openrouter\.ai$/.test(new URL(baseUrl).hostname);
}

async function listOf(client: OpenAI): Promise<ModelList> {
  try {
    const page: unknown = await client.get('/models', { timeout: listTimeoutMs });
    const read = listSchema.safeParse(page);
    if (!read.success || read.data.data.length === 0) return { kind: 'silent' };
    return { kind: 'listed', ids: read.data.data.map((model) => model.id) };
  } catch (error) {
    const status = error instanceof OpenAI.APIError && typeof error.status === 'number' ? error.status : null;
    const transient = status === null || status >= 500 || status === 408 || status === 429;
    return transient
      ? { kind: 'away', message: error instanceof Error ? error.message : String(error) }
      : { kind: 'silent' };
  }
}

/** OpenAI-compatible endpoints by Chat Completions, what all of them speak. The client's retries are off: ours are counted. */
export function createChatClient(endpoint: ChatEndpoint): ChatClient {
  const { baseUrl, apiKey, routing, now } = endpoint;
  const main = openClient(baseUrl, apiKey);
  const others = new Map<string, OpenAI>();

  function clientOf(own: string | null): OpenAI {
    if (own === null || own === baseUrl) return main;
    const client = others.get(own) ?? openClient(own, null);
    others.set(own, client);
    return client;
  }

  return {
    ask: async (request) => {
      const { rates, requestId, signal, timeoutMs, model } = request;
      const maxPrice = isOpenRouter(model.endpoint ?? baseUrl)
        ? { prompt: rates.input, completion: rates.output }
        : null;
      const parameters = toParameters(request, { provider: model.endpoint === null ? routing : null, maxPrice });
      const headers = { 'X-Request-Id': requestId, 'Idempotency-Key': requestId };
      try {
        const client = clientOf(model.endpoint);
        return readReply(
          await client.chat.completions.create(parameters, {
            headers,
            timeout: timeoutMs,
            ...(signal === undefined ? {} : { signal }),
          }),
        );
      } catch (error) {
        return readFault(error, now());
      }
    },
    listModels: async () => await listOf(main),
  };
}
