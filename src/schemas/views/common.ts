import { z } from 'zod';
import type { Json, JsonObject } from '../../contract/json.ts';

/** ISO 8601 in UTC. */
export const timestamp = z.string().meta({ description: 'ISO 8601 time in UTC.', format: 'date-time' });
export const optionalTimestamp = timestamp.nullable();
export const usd = z.number().meta({ description: 'US dollars.' });
export const json = z.json().meta({ id: 'Json', description: 'Any JSON value.' }) satisfies z.ZodType<Json>;
export const jsonObject = z.record(z.string(), json) satisfies z.ZodType<JsonObject>;
export const jsonSchema = jsonObject.meta({ description: 'A JSON Schema (2020-12).' });

/** One thing under `data`. */
export function dataOf<T extends z.ZodType>(data: T) {
  return z.object({ data });
}

/** A list under `data`, with the cursor of its next page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    data: z.array(item),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: 'Send it as `cursor` for the next page; null on the last one.' }),
  });
}
