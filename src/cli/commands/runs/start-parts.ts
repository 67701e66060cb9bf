import type { StewardApi } from '../../../api/steward-api.ts';
import type { Json, JsonObject } from '../../../contract/json.ts';
import { parsePair } from '../../flags.ts';

/** Flags that say how a run may act and what it may use; `start` and `schedules add` have them both. */
export type PartOptions = {
  readonly maxCost?: number;
  readonly maxTokens?: number;
  readonly maxSteps?: number;
  readonly onExhausted?: 'ask' | 'abort';
  readonly auto?: boolean;
  readonly option?: readonly string[];
};

function takesList(schema: JsonObject, name: string): boolean {
  const properties = schema['properties'];
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return false;
  const property = (properties as JsonObject)[name];
  return typeof property === 'object' && property !== null && (property as JsonObject)['type'] === 'array';
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The schema of the type's options; asked for only where a flag gives one. */
export async function optionsSchema(api: StewardApi, type: string, { option }: PartOptions): Promise<JsonObject> {
  return option === undefined ? {} : (await api.getWorkflowType({ type })).optionsSchema;
}

/**
 * The options that the flags spell out. Where the type takes a list, one value is a list of one, and the same option given
 * again adds to it: `-o focus=stale -o focus=overdue`.
 */
export function readOptions({ auto, option }: PartOptions, schema: JsonObject): JsonObject {
  const given: Record<string, Json> = auto === true ? { autoExecute: true } : {};
  for (const [name, value] of (option ?? []).map((pair) => parsePair(pair, '--option'))) {
    if (!takesList(schema, name) || isList(value)) given[name] = value;
    else given[name] = isList(given[name]) ? [...given[name], value] : [value];
  }
  return given;
}

export function readBudget({ maxCost, maxTokens, maxSteps, onExhausted }: PartOptions): JsonObject {
  return {
    ...(maxCost === undefined ? {} : { maxCostUsd: maxCost }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(maxSteps === undefined ? {} : { maxSteps }),
    ...(onExhausted === undefined ? {} : { onExhausted }),
  };
}
