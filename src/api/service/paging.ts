import { invalidInput } from '../../contract/errors.ts';
import type { Page } from '../runs-api.ts';

/** A place in a list that is sorted by time and id; both are exact, so nothing is skipped or shown twice. */
export type Place = { readonly at: string; readonly id: string };

const defaultLimit = 50;
const largestLimit = 200;

/** How many rows a page has: 50 unless told, 200 at most. Throws `invalid_input`. */
export function pageSize(limit: number | undefined, largest = largestLimit): number {
  if (limit === undefined) return Math.min(defaultLimit, largest);
  if (!Number.isInteger(limit) || limit < 1)
    throw invalidInput([{ path: 'limit', message: 'expected a whole number of at least 1' }]);
  return Math.min(limit, largest);
}

function encodeCursor(place: Place): string {
  return Buffer.from(`${place.at} ${place.id}`).toString('base64url');
}

const placePattern = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Reads a cursor that an earlier page gave. Throws `invalid_input`. */
export function decodeCursor(cursor: string): Place {
  const [, at, id] = placePattern.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (at === undefined || id === undefined || Number.isNaN(Date.parse(at)))
    throw invalidInput([{ path: 'cursor', message: 'is none that a list gave' }]);
  return { at, id };
}

/** A page out of one row more than it holds: the surplus tells whether there is a next one. */
export function toPage<Row, View>(
  rows: readonly Row[],
  size: number,
  make: { readonly view: (row: Row) => View; readonly place: (row: Row) => Place },
): Page<View> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  const nextCursor = rows.length > size && last !== undefined ? encodeCursor(make.place(last)) : null;
  return { items: shown.map(make.view), nextCursor };
}
