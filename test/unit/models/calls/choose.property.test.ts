import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { complexities } from '../../../../src/contract/step.ts';
import { chooseModels } from '../../../../src/models/calls/choose.ts';
import type { Choosing } from '../../../../src/models/calls/choose.ts';
import { emptyCatalogue, unknownModel } from '../../../../src/models/catalogue/catalogue.ts';
import type { Catalogue, CatalogueModel } from '../../../../src/models/catalogue/catalogue.ts';
import type { Profile } from '../../../../src/models/model-service.ts';

const abilities = ['json_schema', 'json_object', 'tools'] as const;

const model = fc
  .record({
    input: fc.integer({ min: 0, max: 20 }),
    output: fc.integer({ min: 0, max: 80 }),
    context: fc.integer({ min: 1_000, max: 200_000 }),
    strength: fc.nat({ max: 100 }),
    speed: fc.integer({ min: 1, max: 300 }),
    abilities: fc.subarray([...abilities]),
  })
  .map(({ input, output, context, ...rest }) => ({
    ...rest,
    price: { input, output, priced: '2026-11-01' },
    limits: { context, output: 8_192 },
  }));

const models: fc.Arbitrary<readonly CatalogueModel[]> = fc
  .array(model, { minLength: 1, maxLength: 8 })
  .map((all) => all.map((fields, index) => ({ ...unknownModel(`m${index}`), ...fields })));

const profiles: readonly Profile[] = [
  ...(['fast', 'balanced', 'powerful', 'maximum'] as const).map((name) => ({ kind: 'json', name }) as const),
  ...(['speed', 'balanced', 'quality', 'creative'] as const).map((name) => ({ kind: 'text', name }) as const),
];

const choosing: fc.Arbitrary<Choosing> = fc.record({
  profile: fc.constantFrom(...profiles),
  promptTokens: fc.integer({ min: 0, max: 150_000 }),
  maxOutputTokens: fc.integer({ min: 1, max: 10_000 }),
  preferCheaper: fc.boolean(),
  complexity: fc.constantFrom(...complexities),
  leftUsd: fc.option(fc.double({ min: 0, max: 20, noNaN: true })),
  abilities: fc.subarray([...abilities]),
});

function catalogueOf(all: readonly CatalogueModel[]): Catalogue {
  const ids = all.map(({ id }) => id);
  const json = { fast: ids, balanced: ids, powerful: ids, maximum: ids };
  const text = { speed: ids, balanced: ids, quality: ids, creative: ids };
  return { ...emptyCatalogue, models: all, profiles: { json, text } };
}

function first(all: readonly CatalogueModel[], asked: Choosing) {
  return chooseModels(catalogueOf(all), asked)[0];
}

describe('whatever is asked, the choice of a model', () => {
  test('is never one whose context does not hold the call, and leaves no other out but for its abilities', () => {
    fc.assert(
      fc.property(models, choosing, (all, asked) => {
        const chosen = chooseModels(catalogueOf(all), asked).map((bound) => bound.model);
        const holds = ({ limits }: CatalogueModel): boolean =>
          asked.promptTokens + Math.min(asked.maxOutputTokens, limits.output) <= limits.context;
        const has = (one: CatalogueModel): boolean => asked.abilities.every((each) => one.abilities.includes(each));
        const fitting = all.filter(holds);
        const able = fitting.filter(has);
        expect(new Set(chosen)).toEqual(new Set(able.length > 0 ? able : fitting));
      }),
    );
  });

  test('is never dearer because less budget is left, nor because the soft line is passed', () => {
    fc.assert(
      fc.property(models, choosing, fc.double({ min: 0, max: 1, noNaN: true }), (all, asked, share) => {
        const before = first(all, { ...asked, preferCheaper: false });
        if (before === undefined) return;
        const less = first(all, { ...asked, preferCheaper: false, leftUsd: (asked.leftUsd ?? 20) * share });
        const soft = first(all, { ...asked, preferCheaper: true });
        expect(less?.usd).toBeLessThanOrEqual(before.usd);
        expect(soft?.usd).toBeLessThanOrEqual(before.usd);
      }),
    );
  });

  test('is weaker for an easier prompt, or as strong', () => {
    fc.assert(
      fc.property(models, choosing, (all, asked) => {
        const free = { ...asked, preferCheaper: false, leftUsd: null };
        const simple = first(all, { ...free, complexity: 'simple' });
        const complex = first(all, { ...free, complexity: 'complex' });
        expect(simple?.model.strength ?? 0).toBeLessThanOrEqual(complex?.model.strength ?? 0);
      }),
    );
  });

  test('is the same each time, and has a reason', () => {
    fc.assert(
      fc.property(models, choosing, (all, asked) => {
        const chosen = chooseModels(catalogueOf(all), asked);
        expect(chooseModels(catalogueOf(all), asked)).toEqual(chosen);
        expect(chosen.every(({ reason }) => reason.length > 10)).toBe(true);
      }),
    );
  });
});
