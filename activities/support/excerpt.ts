import { isList } from '../../src/contract/json.ts';
import type { Json, JsonObject } from '../../src/contract/json.ts';

export type ExcerptLimits = { readonly chars: number; readonly items: number };

function excerpt(value: Json, limits: ExcerptLimits): Json {
  if (typeof value === 'string') return value.length > limits.chars ? `${value.slice(0, limits.chars)}…` : value;
  if (value === null || typeof value !== 'object') return value;
  return isList(value) ? value.slice(0, limits.items).map((item) => excerpt(item, limits)) : excerptOf(value, limits);
}

/** The same object with longer strings cut and marked by `…`, and longer lists cut: for histories and streams. */
export function excerptOf(object: JsonObject, limits: ExcerptLimits): JsonObject {
  const entries = Object.entries(object).slice(0, limits.items);
  return Object.fromEntries(entries.map(([key, value]) => [key, excerpt(value, limits)]));
}
