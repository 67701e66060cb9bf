import { unknownModel } from './catalogue.ts';
import type { Catalogue, CatalogueModel } from './catalogue.ts';

/** What an endpoint offers: the ids that it lists, null when it doesn't say. `only` names one model for everything. */
export type Offer = { readonly listed: readonly string[] | null; readonly only: string | null };

function withProfiles(catalogue: Catalogue, pick: (ids: readonly string[]) => string[]): Catalogue['profiles'] {
  const { json, text } = catalogue.profiles;
  return {
    json: {
      fast: pick(json.fast),
      balanced: pick(json.balanced),
      powerful: pick(json.powerful),
      maximum: pick(json.maximum),
    },
    text: {
      speed: pick(text.speed),
      balanced: pick(text.balanced),
      quality: pick(text.quality),
      creative: pick(text.creative),
    },
  };
}

/** The catalogue with these models alone. A profile that keeps none of its own takes them all, weakest first. */
function restrict(catalogue: Catalogue, models: readonly CatalogueModel[]): Catalogue {
  const known = new Set(models.map((model) => model.id));
  const all = [...models].sort((a, b) => a.strength - b.strength).map((model) => model.id);
  const pick = (ids: readonly string[]): string[] => {
    const kept = ids.filter((id) => known.has(id));
    return kept.length > 0 ? kept : all;
  };
  return {
    ...catalogue,
    models,
    profiles: withProfiles(catalogue, pick),
    escalation: catalogue.escalation.filter((id) => known.has(id)),
  };
}

/** The model under the name that the endpoint lists, or null. A model with an endpoint of its own is not asked for. */
function listedModel(model: CatalogueModel, listed: ReadonlySet<string>): CatalogueModel | null {
  if (model.endpoint !== null) return model;
  const wireId = [model.id, ...model.aliases].find((name) => listed.has(name));
  return wireId === undefined ? null : { ...model, wireId };
}

// An endpoint that knows none of our models still has some of its own; more than a few would be a lottery.
const ownModelsUsed = 3;
const noChat = /embed|whisper|tts|dall-e|image|audio|moderation|rerank|realtime|transcribe/i;

function single(catalogue: Catalogue, only: string): Catalogue {
  const known = catalogue.models.find((model) => model.id === only || model.aliases.includes(only));
  return restrict(catalogue, [known === undefined ? unknownModel(only) : { ...known, wireId: only }]);
}

/** What of the catalogue an endpoint can serve; when it doesn't say, all but the offline models. */
export function availableModels(catalogue: Catalogue, { listed, only }: Offer): Catalogue {
  if (only !== null) return single(catalogue, only);
  if (listed === null)
    return restrict(
      catalogue,
      catalogue.models.filter((model) => !model.offline),
    );
  const names = new Set(listed);
  const models = catalogue.models.flatMap((model) => listedModel(model, names) ?? []);
  if (models.length > 0) return restrict(catalogue, models);
  const own = listed.filter((id) => !noChat.test(id)).slice(0, ownModelsUsed);
  return restrict(catalogue, own.map(unknownModel));
}
