import type { Json } from '../../src/contract/json.ts';

/**
 * A value of ours as JSON, and back: the one place where they are cast. Sound because activity results are JSON by
 * contract, and because an effect's key names what its result is: no other code stores a result under it.
 */
export function asJson(value: object): Json {
  return value as unknown as Json;
}

/** The result that an effect of this key stored earlier. */
export function storedResult<Result extends object>(result: Json): Result {
  return result as unknown as Result;
}
