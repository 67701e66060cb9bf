import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import { fieldOf, isObject } from '../../support/json-value.ts';

/** An object inside a JSON value, empty when it is not there. */
export function objectAt(value: Json, key: string): JsonObject {
  const inner = fieldOf(value, key);
  return isObject(inner) ? inner : {};
}

/** Names of the fields that differ from what is expected; a field that is not expected does not count. */
export function changedFields(expected: JsonObject, actual: JsonObject): readonly string[] {
  return Object.keys(expected).filter((key) => !isDeepStrictEqual(expected[key], actual[key] ?? null));
}

/** The fields of `row` that `like` has. */
export function pick(row: JsonObject, like: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(like).map((key) => [key, row[key] ?? null]));
}

/** `It was changed since: title, deadline.` */
export function changedReason(fields: readonly string[]): string {
  return `It was changed since: ${fields.join(', ')}.`;
}

/** A text inside a row, empty when it is none. */
export function textAt(row: JsonObject, key: string): string {
  const text = row[key];
  return typeof text === 'string' ? text : '';
}
