import type { RunEvent } from '../../../src/contract/events.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { excerptOf } from '../../support/excerpt.ts';
import { jsonOf } from '../operations/fields.ts';

// An event goes to every watcher: a long text is read where it lies, in the step's row.
const textLimits = { chars: 2_000, items: 200 };
const maxChars = 32_000;

/** An event as watchers see it: the workflow's own fields without `type`, long texts cut, and null for what is longer still. */
export function eventData(event: RunEvent): JsonObject {
  const fields = Object.entries(event).filter(([key]) => key !== 'type');
  const data = excerptOf(Object.fromEntries(fields.map(([key, value]) => [key, jsonOf(value)])), textLimits);
  const short = Object.entries(data).map(([key, value]) => [key, JSON.stringify(value).length > maxChars ? null : value]);
  return Object.fromEntries(short);
}
