import type { ColumnType } from 'kysely';
import type { Json } from '../../contract/json.ts';

/** Read as ISO 8601 in UTC with milliseconds (`2026-03-01T09:00:00.000Z`); written as such or as a Date. */
export type Timestamp = ColumnType<string, string | Date, string | Date>;
export type NullableTimestamp = ColumnType<string | null, string | Date | null | undefined, string | Date | null>;
/** A timestamp that the database sets by itself. */
export type DefaultTimestamp = ColumnType<string, string | Date | undefined, string | Date>;

declare const jsonText: unique symbol;
/** What `json()` of `values.ts` makes: a bare array or string would reach a jsonb column as something else. */
export type JsonText = { readonly [jsonText]: true };

export type JsonColumn<Read = Json> = ColumnType<Read, JsonText, JsonText>;
export type NullableJsonColumn<Read = Json> = ColumnType<Read | null, JsonText | null | undefined, JsonText | null>;
export type DefaultJsonColumn<Read = Json> = ColumnType<Read, JsonText | undefined, JsonText>;

/** A column with a default: left out or given at insert. */
export type Default<T> = ColumnType<T, T | undefined, T>;
/** A nullable column: left out or given at insert. */
export type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>;
/** Given by the database alone. */
export type Given<T> = ColumnType<T, never, never>;
/** `numeric` is read as a number. */
export type NullableNumber = Nullable<number>;
export type Ids = readonly string[];
