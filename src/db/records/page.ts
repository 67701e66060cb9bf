import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { StewardError } from '../../contract/errors.ts';

/** A place in a list sorted by `created_at` and `id`, both of the last row shown. */
export type Place = { readonly at: string; readonly id: string };
export type PageParams = { readonly after: Place | null; readonly limit: number };

/** Lists run newest first: what comes after a place is older. */
export function beyond(after: Place | null): RawBuilder<boolean> {
  if (after === null) return sql`true`;
  return sql`(created_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`;
}

/** The row, or `not_found`. */
export function found<Row>(row: Row | undefined, what: { readonly kind: string; readonly id: string }): Row {
  if (row === undefined) throw new StewardError('not_found', `There is no ${what.kind} ${what.id}.`);
  return row;
}
