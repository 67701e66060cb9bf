import type { Json, JsonObject } from '../../../src/contract/json.ts';

// The workflow needs an idea of the input, not all of it: whole texts stay in the run's row.
const maxChars = 1_000;
const maxItems = 200;

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function excerpt(value: Json): Json {
  if (typeof value === 'string') return value.length > maxChars ? `${value.slice(0, maxChars)}…` : value;
  if (value === null || typeof value !== 'object') return value;
  return isList(value) ? value.slice(0, maxItems).map(excerpt) : excerptOf(value);
}

/** The same object with every string beyond 1,000 characters cut and marked by `…`, so that histories stay small. */
export function excerptOf(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object)
      .slice(0, maxItems)
      .map(([key, value]) => [key, excerpt(value)]),
  );
}
