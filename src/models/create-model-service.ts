import type { JsonObject } from '../contract/json.ts';
import { complexities } from '../contract/step.ts';
import { chooseModels, promptRoom } from './calls/choose.ts';
import { createCircuitBreaker } from './calls/circuit-breaker.ts';
import { complete } from './calls/complete.ts';
import { availableModels } from './catalogue/available.ts';
import type { Catalogue, CatalogueModel } from './catalogue/catalogue.ts';
import { ratesOf } from './catalogue/prices.ts';
import { createChatClient } from './client/chat-client.ts';
import type { ChatClient } from './client/chat-client.ts';
import type { BoundRequest, ModelDescription, ModelService, OutputSpec } from './model-service.ts';

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
  /** How long one attempt may take, in ms. */
  readonly timeoutMs?: number;
  /** How long all attempts of a call may take, in ms; below the activity's own limit. */
  readonly callTimeoutMs?: number;
};

const defaultTimeoutMs = 120_000;
const defaultCallTimeoutMs = 170_000;

type Stock = {
  /** What the endpoint serves, as far as it is known. */
  current(): Catalogue;
  /** Asks the endpoint for its list, until it has said what it has. */
  refresh(): Promise<void>;
  /** Notes that a model lacks what it was asked to do; false when there was nothing left to note. */
  lacks(model: CatalogueModel, output: OutputSpec): boolean;
};

/** Ways of output from the most to the least demanding: what a model turned out to lack is not asked of it again. */
function withoutAbility(model: CatalogueModel, output: OutputSpec): CatalogueModel | null {
  const [lost] = (
    output.kind === 'tools' ? (['tools', 'json_object'] as const) : (['json_schema', 'json_object'] as const)
  ).filter((ability) => model.abilities.includes(ability));
  return lost === undefined ? null : { ...model, abilities: model.abilities.filter((ability) => ability !== lost) };
}

function openStock(client: ChatClient, { catalogue, only }: ModelServiceOptions): Stock {
  let known = only !== null;
  let asking: Promise<void> | null = null;
  let current = availableModels(catalogue, { listed: null, only });

  async function askForList(): Promise<void> {
    const list = await client.listModels();
    known = list.kind !== 'away';
    if (list.kind === 'listed') current = availableModels(catalogue, { listed: list.ids, only });
  }

  return {
    current: () => current,
    refresh: async () => {
      if (known) return;
      asking ??= askForList().finally(() => {
        asking = null;
      });
      await asking;
    },
    lacks: (model, output) => {
      const reduced = withoutAbility(model, output);
      if (reduced === null) return false;
      current = { ...current, models: current.models.map((each) => (each.id === model.id ? reduced : each)) };
      return true;
    },
  };
}

function bound(catalogue: Catalogue, request: BoundRequest): ReturnType<ModelService['bound']> {
  const { profile, promptTokens, maxOutputTokens, preferCheaper = false } = request;
  const choosing = { profile, promptTokens, maxOutputTokens, preferCheaper, leftUsd: null, abilities: [] };
  // Whichever is the first choice, by the prompt's complexity; those behind it ask for more when their turn comes.
  const firsts = complexities.flatMap((complexity) => chooseModels(catalogue, { ...choosing, complexity }).slice(0, 1));
  if (firsts.length === 0) return { usd: 0, tokens: promptTokens + maxOutputTokens, priceKnown: false };
  return {
    usd: Math.max(...firsts.map(({ usd }) => usd)),
    tokens: Math.max(...firsts.map(({ tokens }) => tokens)),
    priceKnown: firsts.every(({ priceKnown }) => priceKnown),
  };
}

function describeModel(catalogue: Catalogue, model: CatalogueModel): ModelDescription {
  const { id, title, offline } = model;
  const { input, output, known } = ratesOf(catalogue, model);
  return { id, title, offline, inputUsdPerMillion: known ? input : null, outputUsdPerMillion: known ? output : null };
}

/** Models behind an endpoint, which is asked which of the catalogue's models it has: now, and later if it is away now. */
export async function createModelService(options: ModelServiceOptions): Promise<ModelService> {
  const { baseUrl, apiKey, routing } = options;
  const now = options.now ?? Date.now;
  const client = createChatClient({ baseUrl, apiKey, routing, now });
  const stock = openStock(client, options);
  const breaker = createCircuitBreaker(now);
  const limits = {
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    callTimeoutMs: options.callTimeoutMs ?? defaultCallTimeoutMs,
  };
  await stock.refresh();
  return {
    describe: () => stock.current().models.map((model) => describeModel(stock.current(), model)),
    bound: (request) => bound(stock.current(), request),
    room: (request) => promptRoom(stock.current(), request),
    complete: async (request, hooks) => {
      await stock.refresh();
      const deps = {
        get catalogue() {
          return stock.current();
        },
        known: options.catalogue.models,
        client,
        breaker,
        now,
        ...limits,
        lacks: (model: CatalogueModel, output: OutputSpec) => stock.lacks(model, output),
      };
      return await complete(deps, request, hooks);
    },
  };
}
