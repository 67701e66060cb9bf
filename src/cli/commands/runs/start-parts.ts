import { Option } from 'commander';
import type { Command } from 'commander';
import type { StewardApi } from '../../../api/steward-api.ts';
import { isList } from '../../../contract/json.ts';
import type { Json, JsonObject } from '../../../contract/json.ts';
import { amount, parsePair, wholeNumber } from '../../flags.ts';

/** Flags that say how a run may act and what it may use; `start` and `schedules add` have them both. */
export type PartOptions = {
  readonly maxCost?: number;
  readonly maxTokens?: number;
  readonly maxSteps?: number;
  readonly onExhausted?: 'ask' | 'abort';
  readonly auto?: boolean;
  readonly option?: readonly string[];
};

/** Adds the flags of `PartOptions`. `what` is who may not cost more: `it`, `a run`. */
export function addPartFlags(command: Command, what: string): Command {
  return command
    .option('--max-cost <usd>', `most ${what} may cost, in USD`, amount)
    .option('--max-tokens <n>', `most tokens ${what} may use`, wholeNumber({ min: 0 }))
    .option('--max-steps <n>', `most steps ${what} may take`, wholeNumber({ min: 1, max: 10_000 }))
    .addOption(new Option('--on-exhausted <policy>', 'what happens at the limit').choices(['ask', 'abort']))
    .option('--auto', 'apply what is proposed without asking')
    .option('-o, --option <key=value...>', "one of the type's own options");
}

function takesList(schema: JsonObject, name: string): boolean {
  const properties = schema['properties'];
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return false;
  const property = (properties as JsonObject)[name];
  return typeof property === 'object' && property !== null && (property as JsonObject)['type'] === 'array';
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
