import { calcPrice } from '@pydantic/genai-prices';
import type { Catalogue, CatalogueModel } from './catalogue.ts';

/** `promptTokens` counts cached ones too. */
export type Usage = { readonly promptTokens: number; readonly completionTokens: number; readonly cachedTokens: number };
/** USD. */
export type Price = { readonly inputUsd: number; readonly outputUsd: number };
/** USD per million tokens; `known` is false for the pessimistic assumption. */
export type Rates = { readonly input: number; readonly output: number; readonly known: boolean };

const million = 1_000_000;

function fromLibrary(model: CatalogueModel, usage: Usage): Price | null {
  try {
    const tokens = {
      input_tokens: usage.promptTokens,
      output_tokens: usage.completionTokens,
      cache_read_tokens: usage.cachedTokens,
    };
    const slash = model.id.includes('/') ? calcPrice(tokens, model.id, { providerId: 'openrouter' }) : null;
    const price = slash ?? calcPrice(tokens, model.id);
    return price === null ? null : { inputUsd: price.input_price, outputUsd: price.output_price };
  } catch {
    // The library throws on usage that it finds contradictory; then nobody knows.
    return null;
  }
}

/** What a call cost: by the catalogue, else by the price library, else null (unknown, never 0). */
export function priceOf(model: CatalogueModel, usage: Usage): Price | null {
  const { price } = model;
  if (price === null) return fromLibrary(model, usage);
  const cached = Math.min(usage.cachedTokens, usage.promptTokens);
  const inputUsd =
    ((usage.promptTokens - cached) * price.input + cached * (price.cachedInput ?? price.input)) / million;
  return { inputUsd, outputUsd: (usage.completionTokens * price.output) / million };
}

/** What to hold a call at: the model's own price, or the pessimistic assumption. */
export function ratesOf(catalogue: Catalogue, model: CatalogueModel): Rates {
  if (model.price !== null) return { input: model.price.input, output: model.price.output, known: true };
  // A million tokens reach the dearest tier of prices that grow with the prompt.
  const probe = fromLibrary(model, { promptTokens: million, completionTokens: million, cachedTokens: 0 });
  return probe === null
    ? { ...catalogue.assumedPrice, known: false }
    : { input: probe.inputUsd, output: probe.outputUsd, known: true };
}

/** The most USD that an attempt can cost; rounded up, so that the ledger's nine decimals never hide a remainder. */
export function boundUsd(rates: Rates, tokens: { readonly prompt: number; readonly output: number }): number {
  const usd = (tokens.prompt * rates.input + tokens.output * rates.output) / million;
  return Math.ceil(usd * 1e9 - 1e-6) / 1e9;
}
