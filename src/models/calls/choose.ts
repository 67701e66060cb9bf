import type { Catalogue, CatalogueModel } from '../catalogue/catalogue.ts';
import { boundUsd, ratesOf } from '../catalogue/prices.ts';
import type { Profile } from '../model-service.ts';
import type { Complexity } from './complexity.ts';

export type Choosing = {
  readonly profile: Profile;
  readonly promptTokens: number;
  readonly maxOutputTokens: number;
  readonly preferCheaper: boolean;
  readonly complexity: Complexity;
};

/** What an attempt with a model costs at most. */
export type Bound = {
  readonly model: CatalogueModel;
  readonly usd: number;
  readonly tokens: number;
  readonly priceKnown: boolean;
};

type Size = { readonly promptTokens: number; readonly maxOutputTokens: number };

function boundOf(catalogue: Catalogue, model: CatalogueModel, size: Size): Bound {
  const rates = ratesOf(catalogue, model);
  const output = Math.min(size.maxOutputTokens, model.limits.output);
  return {
    model,
    usd: boundUsd(rates, { prompt: size.promptTokens, output }),
    tokens: size.promptTokens + output,
    priceKnown: rates.known,
  };
}

function modelsOf(catalogue: Catalogue, ids: readonly string[]): readonly CatalogueModel[] {
  const byId = new Map(catalogue.models.map((model) => [model.id, model]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function fitsContext(model: CatalogueModel, { promptTokens, maxOutputTokens }: Size): boolean {
  return promptTokens + Math.min(maxOutputTokens, model.limits.output) <= model.limits.context;
}

function idsOf(catalogue: Catalogue, profile: Profile): readonly string[] {
  return profile.kind === 'json' ? catalogue.profiles.json[profile.name] : catalogue.profiles.text[profile.name];
}

// The strongest profiles spend more where the prompt is hard; `speed` takes the quickest model where it is easy.
function order(models: readonly CatalogueModel[], { profile, complexity }: Choosing): readonly CatalogueModel[] {
  if (complexity === 'complex' && (profile.name === 'maximum' || profile.name === 'powerful')) {
    return [...models].sort((a, b) => b.strength - a.strength);
  }
  if (complexity === 'simple' && profile.name === 'speed') {
    return [...models].sort((a, b) => b.speed - a.speed);
  }
  return models;
}

/** The models of a profile whose context takes the call, best first; sorted stably, so that equals keep the profile's order. */
export function chooseModels(catalogue: Catalogue, choosing: Choosing): readonly Bound[] {
  const models = modelsOf(catalogue, idsOf(catalogue, choosing.profile)).filter((model) =>
    fitsContext(model, choosing),
  );
  const bounds = order(models, choosing).map((model) => boundOf(catalogue, model, choosing));
  return choosing.preferCheaper ? bounds.sort((a, b) => a.usd - b.usd) : bounds;
}

/** Models to go to after `weak` gave a wrong answer: stronger ones, the next stronger first, then the profile's others. */
export function strongerModels(catalogue: Catalogue, weak: CatalogueModel, choosing: Choosing): readonly Bound[] {
  const profile = chooseModels(catalogue, choosing);
  const own = new Set(profile.map(({ model }) => model.id));
  const beyond = modelsOf(catalogue, catalogue.escalation).filter(
    (model) => !own.has(model.id) && fitsContext(model, choosing),
  );
  const all = [...profile, ...beyond.map((model) => boundOf(catalogue, model, choosing))];
  const stronger = all
    .filter(({ model }) => model.strength > weak.strength)
    .sort((a, b) => a.model.strength - b.model.strength);
  const others = profile.filter(({ model }) => model.strength <= weak.strength && model.id !== weak.id);
  return [...stronger, ...others];
}
