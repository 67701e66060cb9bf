import { isList } from '../json-values.ts';
import type { Json } from '../../../contract/json.ts';
import { shortened } from '../text/clean.ts';

/** Texts are cut to these lengths in turn until an answer fits; keys, ids and dates are shorter than the last. */
const lengths = [400, 200, 120, 64] as const;
const charactersPerToken = 4;

function cut(value: Json, length: number): Json {
  if (typeof value === 'string') return shortened(value, length);
  if (isList(value)) return value.map((item) => cut(item, length));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cut(inner, length)]));
}

/** An answer as JSON within the tokens allowed, so that it is complete rather than broken off. */
export function jsonWithin(value: Json, maxTokens: number | null): string {
  const whole = JSON.stringify(value);
  if (maxTokens === null) return whole;
  const limit = maxTokens * charactersPerToken;
  return (
    [whole, ...lengths.map((length) => (whole.length <= limit ? whole : JSON.stringify(cut(value, length))))].find(
      (text) => text.length <= limit,
    ) ?? JSON.stringify(cut(value, lengths[3]))
  );
}
