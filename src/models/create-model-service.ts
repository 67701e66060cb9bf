import type { JsonObject } from '../contract/json.ts';
import { chooseModels } from './calls/choose.ts';
import { createCircuitBreaker } from './calls/circuit-breaker.ts';
import { complete } from './calls/complete.ts';
import { availableModels } from './catalogue/available.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { boundUsd, ratesOf } from './catalogue/prices.ts';
import { createChatClient } from './client/chat-client.ts';
import type { BoundRequest, ModelDescription, ModelService } from './model-service.ts';

export type ModelServiceOptions = {
  /** An OpenAI-compatible endpoint, ending in `/v1` as a rule. */
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly catalogue: Catalogue;
  /** One model for all profiles; null takes the catalogue's choice. */
  readonly only: string | null;
  /** OpenRouter's provider routing; null sends none. */
  readonly routing: JsonObject | null;
  readonly now?: () => number;
  /** How long one attempt may take, in ms; below the activity's own limit. */
  readonly timeoutMs?: number;
};

const defaultTimeoutMs = 120_000;

function boundOf(catalogue: Catalogue, request: BoundRequest): ReturnType<ModelService['bound']> {
  const { profile, promptTokens, maxOutputTokens } = request;
  const models = chooseModels(catalogue, { profile, promptTokens, maxOutputTokens, preferCheaper: request.preferCheaper ?? false, needsTools: false, isOpen: () => false });
  const bounds = models.map((model) => {
    const rates = ratesOf(catalogue, model);
    return { usd: boundUsd(rates, { prompt: promptTokens, output: Math.min(maxOutputTokens, model.maxOutput) }), known: rates.known };
  });
  // The first choice is what is asked as a rule; dearer ones behind it ask for more when their turn comes.
  const [first] = bounds;
  return { usd: first?.usd ?? 0, tokens: promptTokens + maxOutputTokens, priceKnown: first?.known ?? false };
}

/** Models behind an endpoint. Asks it once which of the catalogue's models it has. */
export async function createModelService(options: ModelServiceOptions): Promise<ModelService> {
  const { baseUrl, apiKey, routing, only } = options;
  const now = options.now ?? Date.now;
  const client = createChatClient({ baseUrl, apiKey, routing, timeoutMs: options.timeoutMs ?? defaultTimeoutMs });
  const listed = only === null ? await client.listModels() : null;
  const catalogue = availableModels(options.catalogue, { listed, only });
  const deps = { catalogue, client, breaker: createCircuitBreaker(now), now };
  return {
    describe: () =>
      catalogue.models.map((model): ModelDescription => {
        const { id, title, offline, input, output } = model;
        return { id, title, offline, inputUsdPerMillion: input, outputUsdPerMillion: output };
      }),
    bound: (request) => boundOf(catalogue, request),
    complete: async (request, hooks) => await complete(deps, request, hooks),
  };
}
