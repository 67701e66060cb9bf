import type { Json } from '../../src/contract/json.ts';

/** A value of the facts as JSON, which they are by contract. */
export function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
