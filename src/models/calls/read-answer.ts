import { jsonrepair } from 'jsonrepair';
import type { Problem } from '../../contract/errors.ts';
import type { Json } from '../../contract/json.ts';
import type { ChatReply } from '../client/chat-client.ts';
import type { OutputSpec, ToolTurn } from '../model-service.ts';

export type Read = { readonly ok: true; readonly output: Json | ToolTurn } | { readonly ok: false; readonly problems: readonly Problem[] };

function problem(message: string): Read {
  return { ok: false, problems: [{ path: '', message }] };
}

// Models like to wrap JSON into a code fence or a sentence.
function bareJson(text: string): string {
  const fenced = /```(?:json)?\s*([\s\S]*?)```/.exec(text)?.[1] ?? text;
  const start = fenced.search(/[[{]/);
  return start < 0 ? fenced : fenced.slice(start);
}

function parse(text: string): { readonly value: unknown } | null {
  for (const attempt of [() => JSON.parse(text) as unknown, () => JSON.parse(jsonrepair(bareJson(text))) as unknown]) {
    try {
      return { value: attempt() };
    } catch {
      // The next reading is more lenient; after the last one the model is asked again.
    }
  }
  return null;
}

/** Reads a reply as what was asked for: text, tool calls, or JSON that fits the schema and the facts. */
export function readAnswer(reply: ChatReply, output: OutputSpec): Read {
  if (reply.finish === 'refusal' || reply.finish === 'content_filter') return problem('the model refused to answer');
  if (output.kind === 'tools') return reply.calls.length > 0 || (reply.text ?? '') !== '' ? { ok: true, output: { text: reply.text, calls: reply.calls } } : problem('the answer is empty');
  const text = reply.text ?? '';
  if (text.trim() === '') return problem('the answer is empty');
  if (reply.finish === 'length') return problem('the answer was cut at the output limit; answer more briefly');
  if (output.kind === 'text') return { ok: true, output: text };
  const parsed = parse(text);
  if (parsed === null) return problem('the answer is not JSON');
  const checked = output.validate(parsed.value);
  return checked.ok ? { ok: true, output: checked.value } : checked;
}
