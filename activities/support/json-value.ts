import { StewardError } from '../../src/contract/errors.ts';
import type { Json, JsonObject } from '../../src/contract/json.ts';

/** A value of ours as JSON: the one place where it is cast. Sound because what crosses an activity is JSON by contract. */
export function asJson(value: object): Json {
  return value as unknown as Json;
}

/** Any value as JSON, dates as ISO 8601 texts: so that what was read before, written and read again can be compared. */
function jsonOf(value: unknown): Json {
  if (value instanceof Date) return value.toISOString();
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  // Whatever else a driver returns (arrays, JSON columns) survives the round trip unchanged.
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** A row, or any flat object, as JSON. */
export function rowJson(row: object): JsonObject {
  return Object.fromEntries(Object.entries(row).map(([key, value]): [string, Json] => [key, jsonOf(value)]));
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of a JSON value; null when the value is no object or lacks it. */
export function fieldOf(value: Json, key: string): Json {
  return isObject(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
}

/** The instant of an ISO 8601 text; a bare date is midnight in UTC. Throws `invalid_input`. */
export function instantOf(text: string): Date {
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) {
    throw new StewardError('invalid_input', `${text} is neither a date nor an instant in ISO 8601.`);
  }
  return instant;
}

export function instantOrNull(text: string | null): Date | null {
  return text === null ? null : instantOf(text);
}
