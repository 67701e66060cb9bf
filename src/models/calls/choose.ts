import type { Catalogue, CatalogueModel } from '../catalogue/catalogue.ts';
import { boundUsd, ratesOf } from '../catalogue/prices.ts';
import type { Profile } from '../model-service.ts';

export type Choosing = {
  readonly profile: Profile;
  readonly promptTokens: number;
  readonly maxOutputTokens: number;
  readonly preferCheaper: boolean;
  readonly needsTools: boolean;
  isOpen(model: string): boolean;
};

// Prompts of this size and output together defeat the weaker models: the strongest profile then starts further up.
const complexPromptTokens = 24_000;

function idsOf(catalogue: Catalogue, profile: Profile): readonly string[] {
  return profile.kind === 'json' ? catalogue.profiles.json[profile.name] : catalogue.profiles.text[profile.name];
}

/** The models of a profile that can take a call, best first: it fits their context, and their circuit is not open. */
export function chooseModels(catalogue: Catalogue, choosing: Choosing): readonly CatalogueModel[] {
  const { profile, promptTokens, maxOutputTokens } = choosing;
  const byId = new Map(catalogue.models.map((model) => [model.id, model]));
  const listed = idsOf(catalogue, profile).flatMap((id) => byId.get(id) ?? []);
  const fits = listed.filter((model) => promptTokens + Math.min(maxOutputTokens, model.maxOutput) <= model.context);
  const able = fits.filter((model) => !choosing.needsTools || model.abilities.includes('tools'));
  const closed = able.filter((model) => !choosing.isOpen(model.id));
  // With every circuit open, trying is better than failing untried.
  const usable = closed.length > 0 ? closed : able;
  if (choosing.preferCheaper) return [...usable].sort((a, b) => costOf(catalogue, a, choosing) - costOf(catalogue, b, choosing));
  const complex = profile.name === 'maximum' && promptTokens > complexPromptTokens;
  return complex ? [...usable].reverse() : usable;
}

function costOf(catalogue: Catalogue, model: CatalogueModel, { promptTokens, maxOutputTokens }: Choosing): number {
  return boundUsd(ratesOf(catalogue, model), { prompt: promptTokens, output: maxOutputTokens });
}
