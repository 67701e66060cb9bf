import type { RunEvent } from '../../../src/contract/events.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import { excerptOf } from '../../support/excerpt.ts';
import { rowJson } from '../../support/json-value.ts';

// An event goes to every watcher: a long text is read where it lies, in the step's row.
const textLimits = { chars: 2_000, items: 200 };
const maxChars = 32_000;

/** An event as watchers see it: the workflow's own fields without `type`, long texts cut, and null for what is longer still. */
export function eventData(event: RunEvent): JsonObject {
  const { type: _type, ...fields } = event;
  const data = excerptOf(rowJson(fields), textLimits);
  const long = Object.keys(data).filter((key) => JSON.stringify(data[key]).length > maxChars);
  return { ...data, ...Object.fromEntries(long.map((key): [string, Json] => [key, null])) };
}
