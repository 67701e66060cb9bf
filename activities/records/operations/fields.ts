import { StewardError } from '../../../src/contract/errors.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';

/** A column's value as JSON, so that what was read before, written and read again can be compared. */
export function jsonOf(value: unknown): Json {
  if (value instanceof Date) return value.toISOString();
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  // Whatever else a driver returns (arrays, JSON columns) survives the round trip unchanged.
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** A row as JSON. */
export function rowJson(row: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, jsonOf(value)]));
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object inside a JSON value, empty when it is not there. */
export function objectAt(value: Json, key: string): JsonObject {
  const inner = isObject(value) ? value[key] : undefined;
  return isObject(inner) ? inner : {};
}

/** Names of the fields that differ from what is expected; a field that is not expected does not count. */
export function changedFields(expected: JsonObject, actual: JsonObject): readonly string[] {
  return Object.keys(expected).filter((key) => JSON.stringify(expected[key]) !== JSON.stringify(actual[key] ?? null));
}

/** The fields of `row` that `like` has. */
export function pick(row: JsonObject, like: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(like).map((key) => [key, row[key] ?? null]));
}

/** The instant of an ISO 8601 text; a bare date is midnight in UTC. Throws `invalid_input`. */
export function instantOf(text: string): Date {
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) throw new StewardError('invalid_input', `${text} is neither a date nor an instant in ISO 8601.`);
  return instant;
}

export function instantOrNull(text: string | null): Date | null {
  return text === null ? null : instantOf(text);
}

/** `was changed since: title, deadline` */
export function changedReason(fields: readonly string[]): string {
  return `It was changed since: ${fields.join(', ')}.`;
}
