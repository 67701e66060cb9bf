import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { unknownModel } from '../../../../src/models/catalogue/catalogue.ts';
import type { Catalogue, CatalogueModel } from '../../../../src/models/catalogue/catalogue.ts';
import { loadCatalogue } from '../../../../src/models/catalogue/load-catalogue.ts';
import { boundUsd, priceOf, ratesOf } from '../../../../src/models/catalogue/prices.ts';

let catalogue: Catalogue;
let gpt: CatalogueModel;
beforeAll(async () => {
  catalogue = await loadCatalogue(null);
  const found = catalogue.models.find((model) => model.id === 'openai/gpt-4o');
  if (found === undefined) throw new Error('no gpt-4o');
  gpt = found;
});

describe('prices', () => {
  it('come from the catalogue first', () => {
    expect(priceOf(gpt, { promptTokens: 1_000_000, completionTokens: 100_000, cachedTokens: 0 })).toEqual({
      inputUsd: 2.5,
      outputUsd: 1,
    });
  });

  it('are lower for cached tokens only where the catalogue says so', () => {
    const usage = { promptTokens: 1_000_000, completionTokens: 0, cachedTokens: 400_000 };
    expect(priceOf(gpt, usage)?.inputUsd).toBe(2.5);
    const cached = { ...gpt, price: { input: 2.5, output: 10, cachedInput: 1.25, priced: '2026-11-01' } };
    expect(priceOf(cached, usage)?.inputUsd).toBeCloseTo(2, 9);
  });

  it('come from the price library for models that the catalogue does not price', () => {
    const rates = ratesOf(catalogue, unknownModel('anthropic/claude-haiku-4.5'));
    expect(rates.known).toBe(true);
    expect(rates.output).toBeGreaterThan(rates.input);
  });

  it('are unknown, and never 0, for models that nobody knows; a call is then held at the assumed price', () => {
    const model = unknownModel('my-own-model');
    expect(priceOf(model, { promptTokens: 1_000, completionTokens: 10, cachedTokens: 0 })).toBeNull();
    expect(ratesOf(catalogue, model)).toEqual({ ...catalogue.assumedPrice, known: false });
  });

  it('never make a call dearer than its bound', () => {
    const tokens = fc.nat({ max: 2_000_000 });
    fc.assert(
      fc.property(fc.constantFrom(...catalogue.models), tokens, tokens, (model, prompt, output) => {
        const price = priceOf(model, { promptTokens: prompt, completionTokens: output, cachedTokens: 0 });
        expect((price?.inputUsd ?? 0) + (price?.outputUsd ?? 0)).toBeLessThanOrEqual(
          boundUsd(ratesOf(catalogue, model), { prompt, output }) + 1e-12,
        );
      }),
    );
  });
});
