import { readChoice, readFlag, readList, readPath, readText, readUrl } from './reader.ts';
import type { Reader } from './reader.ts';

/** OpenRouter's `provider` field, in its own spelling; only what is set. */
export type OpenRouterRouting = {
  readonly order?: readonly string[];
  readonly allow_fallbacks?: boolean;
  readonly require_parameters?: boolean;
  readonly data_collection?: 'allow' | 'deny';
};

export type ModelsConfig = {
  /** An OpenAI-compatible endpoint; null together with `apiKey` means the offline model. */
  readonly baseUrl: string | null;
  readonly apiKey: string | null;
  /** A catalogue file that extends the one that comes with Steward. */
  readonly catalogFile: string | null;
  /** One model id for all profiles; null takes the catalogue's choice. */
  readonly model: string | null;
  readonly routing: OpenRouterRouting | null;
};

const openAi = 'https://api.openai.com/v1';

function readRouting(reader: Reader): OpenRouterRouting | null {
  const order = readList(reader, 'STEWARD_OPENROUTER_ORDER');
  const allowFallbacks = readFlag(reader, 'STEWARD_OPENROUTER_ALLOW_FALLBACKS');
  const requireParameters = readFlag(reader, 'STEWARD_OPENROUTER_REQUIRE_PARAMETERS');
  const dataCollection = readChoice(reader, {
    name: 'STEWARD_OPENROUTER_DATA_COLLECTION',
    choices: ['allow', 'deny'] as const,
  });
  const routing: OpenRouterRouting = {
    ...(order === null ? {} : { order }),
    ...(allowFallbacks === null ? {} : { allow_fallbacks: allowFallbacks }),
    ...(requireParameters === null ? {} : { require_parameters: requireParameters }),
    ...(dataCollection === null ? {} : { data_collection: dataCollection }),
  };
  return Object.keys(routing).length === 0 ? null : routing;
}

export function readModelsConfig(reader: Reader): ModelsConfig {
  const given = readUrl(reader, { name: 'OPENAI_BASE_URL', protocols: ['https:', 'http:'] });
  const apiKey = readText(reader, 'OPENAI_API_KEY');
  return {
    baseUrl: given ?? (apiKey === null ? null : openAi),
    apiKey,
    catalogFile: readPath(reader, 'STEWARD_MODELS'),
    model: readText(reader, 'STEWARD_MODEL'),
    routing: readRouting(reader),
  };
}
