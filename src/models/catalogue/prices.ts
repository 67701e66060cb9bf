import { calcPrice } from '@pydantic/genai-prices';
import type { Catalogue, CatalogueModel } from './catalogue.ts';

export type Usage = { readonly promptTokens: number; readonly completionTokens: number; readonly cachedTokens: number };
export type Price = { readonly inputUsd: number | null; readonly outputUsd: number | null; readonly totalUsd: number | null };
export type Rates = { readonly input: number; readonly output: number; readonly known: boolean };

const million = 1_000_000;
const unknownPrice: Price = { inputUsd: null, outputUsd: null, totalUsd: null };

function fromLibrary(model: string, usage: Usage): Price {
  try {
    const price = calcPrice({ input_tokens: usage.promptTokens, output_tokens: usage.completionTokens, cache_read_tokens: usage.cachedTokens }, model);
    if (price === null) return unknownPrice;
    return { inputUsd: price.input_price, outputUsd: price.output_price, totalUsd: price.total_price };
  } catch {
    // The library throws on usage that it finds contradictory; then nobody knows.
    return unknownPrice;
  }
}

/** What a call cost: by the catalogue, else by the price library, else unknown (null, never 0). */
export function priceOf(model: CatalogueModel, usage: Usage): Price {
  if (model.input === null || model.output === null) return fromLibrary(model.id, usage);
  const inputUsd = (usage.promptTokens * model.input) / million;
  const outputUsd = (usage.completionTokens * model.output) / million;
  return { inputUsd, outputUsd, totalUsd: inputUsd + outputUsd };
}

/** USD per million tokens to hold a call at: the model's own, or the pessimistic assumption. */
export function ratesOf(catalogue: Catalogue, model: CatalogueModel): Rates {
  if (model.input !== null && model.output !== null) return { input: model.input, output: model.output, known: true };
  const probe = fromLibrary(model.id, { promptTokens: million, completionTokens: million, cachedTokens: 0 });
  if (probe.inputUsd !== null && probe.outputUsd !== null) return { input: probe.inputUsd, output: probe.outputUsd, known: true };
  return { ...catalogue.assumedPrice, known: false };
}

/** The most that an attempt can cost. */
export function boundUsd(rates: Rates, tokens: { readonly prompt: number; readonly output: number }): number {
  return (tokens.prompt * rates.input + tokens.output * rates.output) / million;
}
