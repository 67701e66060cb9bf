import { z } from 'zod';
import type { Problem } from '../../contract/errors.ts';
import type { ToolCall, ToolTurn } from '../model-service.ts';
import { parseJson } from './parse-json.ts';

const single = z.object({
  reasoning: z.string().nullish(),
  action: z.string().min(1).nullish(),
  parameters: z.record(z.string(), z.unknown()).nullish(),
  result: z.unknown().optional(),
  is_final: z.boolean().nullish(),
});
const actionSchema = single.extend({ actions: z.array(single).nullish() });
type Action = z.infer<typeof single>;

export type ReadAction =
  { readonly ok: true; readonly turn: ToolTurn } | { readonly ok: false; readonly problems: readonly Problem[] };

const finishName = 'finish';

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// An answer that is final and names no other tool is the end, whatever it calls it.
function nameOf({ action, is_final: final }: Action): string | null {
  return action ?? (final === true ? finishName : null);
}

function callOf(each: Action, index: number): ToolCall | null {
  const name = nameOf(each);
  if (name === null) return null;
  const { parameters, result } = each;
  const said = isObject(result) ? result : { result };
  // Some write both fields and leave the other one empty.
  const unsaid = Object.keys(parameters ?? {}).length === 0;
  const given = name === finishName && result !== undefined && unsaid ? said : (parameters ?? {});
  return { id: `call_${index}`, name, arguments: JSON.stringify(given) };
}

function failed(path: string, message: string): ReadAction {
  return { ok: false, problems: [{ path, message }] };
}

function endInWords({ result, parameters, reasoning }: Action): ToolTurn {
  const text = typeof result === 'string' ? result : JSON.stringify(result ?? parameters ?? reasoning ?? '');
  return { text, calls: [] };
}

/**
 * The tool calls, or the end, in the JSON of a model without tool calling: one action, several, or a list of them. The
 * end is a call of `finish` where that is among the tools, else words.
 */
export function readAction(text: string, finishIsTool: boolean): ReadAction {
  const parsed = parseJson(text);
  if (!parsed.ok) return failed('', parsed.message);
  const read = actionSchema.safeParse(
    Array.isArray(parsed.value) ? { actions: parsed.value as unknown } : parsed.value,
  );
  if (!read.success) {
    const problems = read.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
    return { ok: false, problems };
  }
  const { actions, ...first } = read.data;
  const all = (actions ?? []).length > 0 ? (actions ?? []) : [first];
  const calls = all.map(callOf).filter((call) => call !== null);
  if (calls.length < all.length || calls.length === 0)
    return failed('action', 'names no tool, and is_final is not true');
  const [only] = all;
  if (!finishIsTool && all.length === 1 && only !== undefined && nameOf(only) === finishName)
    return { ok: true, turn: endInWords(only) };
  const reasons = [first.reasoning, ...all.map((each) => each.reasoning)].filter(
    (reason) => typeof reason === 'string',
  );
  return { ok: true, turn: { text: reasons[0] ?? null, calls } };
}
