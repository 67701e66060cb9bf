import { z } from 'zod';
import type { Problem } from '../../contract/errors.ts';
import type { Json } from '../../contract/json.ts';
import type { ChatReply } from '../client/reply.ts';
import type { OutputSpec, ToolTurn } from '../model-service.ts';
import { parseJson } from './parse-json.ts';

/** Why an answer can't be used: its content, an output limit that was too small, or the model's own refusal. */
export type Flaw = 'invalid_answer' | 'cut_at_limit' | 'empty_answer' | 'refused';
export type Read =
  | { readonly ok: true; readonly output: Json | ToolTurn }
  | { readonly ok: false; readonly flaw: Flaw; readonly problems: readonly Problem[] };

function flawed(flaw: Flaw, message: string): Read {
  return { ok: false, flaw, problems: [{ path: '', message }] };
}

const actionSchema = z.object({
  reasoning: z.string().nullish(),
  action: z.string().min(1),
  parameters: z.record(z.string(), z.unknown()).nullish(),
  result: z.unknown().optional(),
});

/** The tool call, or the end, in the JSON of a model without tool calling. */
function readAction(text: string): Read {
  const parsed = parseJson(text);
  if (!parsed.ok) return flawed('invalid_answer', parsed.message);
  const action = actionSchema.safeParse(parsed.value);
  if (!action.success) {
    const problems = action.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
    return { ok: false, flaw: 'invalid_answer', problems };
  }
  const { reasoning, action: name, parameters, result } = action.data;
  if (name === 'finish') {
    const said = typeof result === 'string' ? result : JSON.stringify(result ?? parameters ?? reasoning ?? '');
    return { ok: true, output: { text: said, calls: [] } };
  }
  return {
    ok: true,
    output: { text: reasoning ?? null, calls: [{ id: 'call_0', name, arguments: JSON.stringify(parameters ?? {}) }] },
  };
}

function readTools(reply: ChatReply, nativeTools: boolean): Read {
  const text = reply.text ?? '';
  if (reply.calls.length > 0) return { ok: true, output: { text: reply.text, calls: reply.calls } };
  if (text.trim() === '') return flawed('empty_answer', 'the answer is empty');
  return nativeTools ? { ok: true, output: { text, calls: [] } } : readAction(text);
}

/** Reads a reply as what was asked for: text, tool calls, or JSON that fits the schema and the facts. */
export function readAnswer(
  reply: ChatReply,
  asked: { readonly output: OutputSpec; readonly nativeTools: boolean },
): Read {
  const { output, nativeTools } = asked;
  if (reply.refusal !== null) return flawed('refused', `the model declined: ${reply.refusal}`);
  if (reply.finish === 'content_filter') return flawed('refused', "the provider's content filter stopped the answer");
  if (reply.finish === 'length')
    return flawed('cut_at_limit', 'the answer was cut at the output limit; answer more briefly');
  if (output.kind === 'tools') return readTools(reply, nativeTools);
  const text = reply.text ?? '';
  if (text.trim() === '') return flawed('empty_answer', 'the answer is empty');
  if (output.kind === 'text') return { ok: true, output: text };
  const parsed = parseJson(text);
  if (!parsed.ok) return flawed('invalid_answer', parsed.message);
  const checked = output.validate(parsed.value);
  return checked.ok
    ? { ok: true, output: checked.value }
    : { ok: false, flaw: 'invalid_answer', problems: checked.problems };
}
