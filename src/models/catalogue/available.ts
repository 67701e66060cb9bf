import type { Catalogue, CatalogueModel } from './catalogue.ts';

const assumedContext = 128_000;
const assumedOutput = 8_192;

function unknownModel(id: string): CatalogueModel {
  return { id, title: id, input: null, output: null, priced: null, context: assumedContext, maxOutput: assumedOutput, abilities: ['json_object', 'tools'], offline: false };
}

function allProfiles<T>(list: T): { json: Record<'fast' | 'balanced' | 'powerful' | 'maximum', T>; text: Record<'speed' | 'balanced' | 'quality' | 'creative', T> } {
  return { json: { fast: list, balanced: list, powerful: list, maximum: list }, text: { speed: list, balanced: list, quality: list, creative: list } };
}

function restrict(catalogue: Catalogue, known: ReadonlySet<string>): Catalogue {
  const models = catalogue.models.filter((model) => known.has(model.id));
  const keep = (list: readonly string[]): string[] => {
    const kept = list.filter((id) => known.has(id));
    return kept.length > 0 ? kept : models.map((model) => model.id);
  };
  const { json, text } = catalogue.profiles;
  return {
    ...catalogue,
    models,
    profiles: {
      json: { fast: keep(json.fast), balanced: keep(json.balanced), powerful: keep(json.powerful), maximum: keep(json.maximum) },
      text: { speed: keep(text.speed), balanced: keep(text.balanced), quality: keep(text.quality), creative: keep(text.creative) },
    },
  };
}

// An endpoint that knows none of our models still has some of its own; more than a few would be a lottery.
const ownModelsUsed = 3;

/**
 * What of the catalogue an endpoint can serve. `listed` is what it lists itself, null when it doesn't say: then all but
 * the offline models. `only` names one model for everything.
 */
export function availableModels(catalogue: Catalogue, endpoint: { readonly listed: readonly string[] | null; readonly only: string | null }): Catalogue {
  const { listed, only } = endpoint;
  if (only !== null) {
    const model = catalogue.models.find((each) => each.id === only) ?? unknownModel(only);
    return { ...catalogue, models: [model], profiles: allProfiles([only]) };
  }
  const offered = listed ?? catalogue.models.filter((model) => !model.offline).map((model) => model.id);
  const known = new Set(catalogue.models.map((model) => model.id).filter((id) => offered.includes(id)));
  if (known.size > 0) return restrict(catalogue, known);
  const own = offered.slice(0, ownModelsUsed);
  return { ...catalogue, models: own.map(unknownModel), profiles: allProfiles(own) };
}
