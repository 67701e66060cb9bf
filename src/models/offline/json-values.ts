import type { Json, JsonObject } from '../../contract/json.ts';

/** Narrows to a list; `Array.isArray` alone doesn't narrow readonly arrays. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Narrows to an object with string keys. */
function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

export function asList(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

/** Text as it is, numbers and booleans written out, everything else empty. */
export function asText(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Parses JSON: the one place where its result is cast, since what it returns is JSON by definition. Throws `SyntaxError`. */
export function parseJson(text: string): Json {
  return JSON.parse(text) as Json;
}
