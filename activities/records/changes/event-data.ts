import type { RunEvent } from '../../../src/contract/events.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { jsonOf } from '../operations/fields.ts';

// An event goes to every watcher: a long text is read where it lies, in the step's row.
const maxChars = 8_000;

function short(value: unknown): boolean {
  return (JSON.stringify(value) ?? '').length <= maxChars;
}

/** An event as watchers see it: the workflow's own fields without `type`; what is too long for a stream becomes null. */
export function eventData(event: RunEvent): JsonObject {
  const fields = Object.entries(event).filter(([key]) => key !== 'type');
  return Object.fromEntries(fields.map(([key, value]) => [key, short(value) ? jsonOf(value) : null]));
}
