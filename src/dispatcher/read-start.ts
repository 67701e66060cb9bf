import type { JsonObject } from '../contract/json.ts';
import type { RunStart } from '../runs/run-start.ts';

/** A text of a payload; throws when it is not there. */
export function readText(payload: JsonObject, key: string): string {
  const value = payload[key];
  if (typeof value !== 'string') throw new Error(`an outbox entry lacks ${key}`);
  return value;
}

function textOrNull(payload: JsonObject, key: string): string | null {
  const value = payload[key];
  return typeof value === 'string' ? value : null;
}

/** Reads an outbox payload back; throws when it is none that a start wrote. */
export function readRunStart(payload: JsonObject): RunStart {
  const priority = payload['priority'];
  return {
    runId: readText(payload, 'runId'),
    userId: readText(payload, 'userId'),
    type: readText(payload, 'type'),
    name: readText(payload, 'name'),
    projectId: textOrNull(payload, 'projectId'),
    priority: typeof priority === 'number' ? priority : 5,
    startAt: textOrNull(payload, 'startAt'),
  };
}
