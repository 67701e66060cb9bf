import type { Complexity } from '../../contract/step.ts';
import type { Catalogue, CatalogueModel } from '../catalogue/catalogue.ts';
import { boundUsd, ratesOf } from '../catalogue/prices.ts';
import type { OutputSpec, Profile } from '../model-service.ts';
import { orderModels } from './order.ts';
import type { Bound } from './order.ts';

type Ability = CatalogueModel['abilities'][number];

export type Choosing = {
  readonly profile: Profile;
  readonly promptTokens: number;
  readonly maxOutputTokens: number;
  readonly preferCheaper: boolean;
  readonly complexity: Complexity;
  readonly leftUsd: number | null;
  /** Models without one of these are passed over as long as another model of the profile has them all. */
  readonly abilities: readonly Ability[];
};

type Size = { readonly promptTokens: number; readonly maxOutputTokens: number };

/** What a way of output asks of a model: tools can be had by plain JSON too, but only where there is nothing better. */
export function abilitiesFor(output: OutputSpec): readonly Ability[] {
  return output.kind === 'tools' ? ['tools'] : [];
}

function boundOf(catalogue: Catalogue, model: CatalogueModel, size: Size): Bound {
  const rates = ratesOf(catalogue, model);
  const output = Math.min(size.maxOutputTokens, model.limits.output);
  return {
    model,
    usd: boundUsd(rates, { prompt: size.promptTokens, output }),
    tokens: size.promptTokens + output,
    priceKnown: rates.known,
    reason: 'stronger than the model before it',
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

function ableModels(models: readonly CatalogueModel[], choosing: Choosing): readonly CatalogueModel[] {
  const fitting = models.filter((model) => fitsContext(model, choosing));
  const able = fitting.filter((model) => choosing.abilities.every((ability) => model.abilities.includes(ability)));
  return able.length > 0 ? able : fitting;
}

/** Most prompt tokens that all models of a profile take beside an answer of this size; 0 where there are none. */
export function promptRoom(
  catalogue: Catalogue,
  { profile, maxOutputTokens }: Pick<Choosing, 'profile' | 'maxOutputTokens'>,
): number {
  const rooms = modelsOf(catalogue, idsOf(catalogue, profile)).map(
    ({ limits }) => limits.context - Math.min(maxOutputTokens, limits.output),
  );
  return rooms.length === 0 ? 0 : Math.min(...rooms);
}

/** The models of a profile that can take the call, the first choice first. */
export function chooseModels(catalogue: Catalogue, choosing: Choosing): readonly Bound[] {
  const models = ableModels(modelsOf(catalogue, idsOf(catalogue, choosing.profile)), choosing);
  return orderModels(
    models.map((model) => boundOf(catalogue, model, choosing)),
    choosing,
  );
}

/** Models to go to after `weak` gave a wrong answer: stronger ones, the next stronger first, then the profile's others. */
export function strongerModels(catalogue: Catalogue, weak: CatalogueModel, choosing: Choosing): readonly Bound[] {
  const profile = chooseModels(catalogue, choosing);
  const own = new Set(profile.map(({ model }) => model.id));
  const beyond = ableModels(
    modelsOf(catalogue, catalogue.escalation).filter((model) => !own.has(model.id)),
    choosing,
  );
  const all = [...profile, ...beyond.map((model) => boundOf(catalogue, model, choosing))];
  const stronger = all
    .filter(({ model }) => model.strength > weak.strength)
    .sort((a, b) => a.model.strength - b.model.strength);
  const others = profile.filter(({ model }) => model.strength <= weak.strength && model.id !== weak.id);
  return [...stronger, ...others];
}
