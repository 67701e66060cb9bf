import { StewardError } from '../../contract/errors.ts';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What is missing, another user's, or no id at all looks the same from outside. */
export function notFound(what: string, id: string): StewardError {
  return new StewardError('not_found', `There is no ${what} ${id}.`, { details: { id } });
}

/** Refuses what can't be an id before the database does (its cast would fail). Throws `not_found`. */
export function requireId(what: string, id: string): void {
  if (!uuidPattern.test(id)) throw notFound(what, id);
}
