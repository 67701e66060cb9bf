import type { Json, JsonObject } from '../../contract/json.ts';
import type { Answerer } from './answer/answerer.ts';
import { findAnswerer } from './answer/registry.ts';
import type { ChatRequest } from './request-body.ts';
import { readSections } from './sections.ts';

/** A request as the offline model understands it: which call, with which facts. */
export type ModelRequest = {
  /** Whoever was taught this kind of call, or null. */
  readonly answerer: Answerer | null;
  readonly schema: JsonObject | null;
  /** Tagged sections of the messages: text, or the JSON inside. */
  readonly sections: Readonly<Record<string, Json>>;
  /** The last user message without its tags. */
  readonly text: string;
};

/** Works out what a chat request asks: by its schema's name, else by a section `call`, else by the system message. */
export function readRequest(request: ChatRequest): ModelRequest {
  const users = request.messages.filter((message) => message.role === 'user').map((message) => message.text);
  const text = users.at(-1) ?? '';
  const sections = Object.fromEntries(users.flatMap((user) => Object.entries(readSections(user))));
  const system = request.messages
    .filter((message) => message.role === 'system' || message.role === 'developer')
    .map((message) => message.text)
    .join('\n');
  const named = request.responseFormat.name ?? (typeof sections['call'] === 'string' ? sections['call'] : system);
  const silent = request.responseFormat.kind === 'text' && typeof sections['call'] !== 'string';
  return {
    answerer: silent || request.tools.length > 0 ? null : findAnswerer(named),
    schema: request.responseFormat.schema,
    sections,
    text: text.replace(/<\/?section(?: name="[^"]*")?>/gu, '\n').trim(),
  };
}
