import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Json } from '../contract/json.ts';
import type { JsonText } from './tables/columns.ts';

/**
 * A value for a jsonb column. Both drivers take JSON as text; left to themselves one of them writes an array as a
 * Postgres array. `null` is stored as JSON's null, which is not SQL's: see `jsonOrNull`.
 */
export function json(value: unknown): RawBuilder<JsonText> {
  return sql<JsonText>`${JSON.stringify(value)}::jsonb`;
}

/** As `json`, but `null` and `undefined` leave the column empty (SQL null). */
export function jsonOrNull(value: Json | undefined): RawBuilder<JsonText> | null {
  return value === null || value === undefined ? null : json(value);
}
