import type { Problem } from '../../contract/errors.ts';
import type { Json } from '../../contract/json.ts';
import type { ChatReply } from '../client/reply.ts';
import { hasFinish } from '../client/plain-tools.ts';
import type { OutputSpec, ToolDescription, ToolTurn } from '../model-service.ts';
import { parseJson } from './parse-json.ts';
import { readAction } from './read-action.ts';

/** Why an answer can't be used: its content, an output limit that was too small, or the model's own refusal. */
export type Flaw = 'invalid_answer' | 'cut_at_limit' | 'empty_answer' | 'refused';
export type Read =
  | { readonly ok: true; readonly output: Json | ToolTurn }
  | { readonly ok: false; readonly flaw: Flaw; readonly problems: readonly Problem[] };

function flawed(flaw: Flaw, message: string): Read {
  return { ok: false, flaw, problems: [{ path: '', message }] };
}

function readTools(reply: ChatReply, tools: readonly ToolDescription[], nativeTools: boolean): Read {
  const text = reply.text ?? '';
  if (reply.calls.length > 0) return { ok: true, output: { text: reply.text, calls: reply.calls } };
  if (text.trim() === '') return flawed('empty_answer', 'the answer is empty');
  if (nativeTools) return { ok: true, output: { text, calls: [] } };
  const read = readAction(text, hasFinish(tools));
  return read.ok ? { ok: true, output: read.turn } : { ok: false, flaw: 'invalid_answer', problems: read.problems };
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
  if (output.kind === 'tools') return readTools(reply, output.tools, nativeTools);
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
