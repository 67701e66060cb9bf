import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Json } from '../contract/json.ts';
import type { JsonText } from './tables/columns.ts';

// Postgres keeps neither NUL nor half a pair of surrogates, and models and files write both.
const unstorable = /\\u(?:0000|d[89a-f])/i;

/** A value as JSON text that Postgres takes. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  if (!unstorable.test(text)) return text;
  const clean = (part: string): string => part.replaceAll('\0', '\uFFFD').toWellFormed();
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'string') return clean(part);
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]): [string, unknown] => [clean(key), inner]));
  });
}

/**
 * A value for a jsonb column. Both drivers take JSON as text; left to themselves one of them writes an array as a
 * Postgres array. `null` is stored as JSON's null, which is not SQL's: see `jsonOrNull`.
 */
export function json(value: unknown): RawBuilder<JsonText> {
  return sql<JsonText>`${jsonText(value)}::jsonb`;
}

/** As `json`, but `null` and `undefined` leave the column empty (SQL null). */
export function jsonOrNull(value: Json | undefined): RawBuilder<JsonText> | null {
  return value === null || value === undefined ? null : json(value);
}
