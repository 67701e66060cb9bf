import { parseJson } from './json-values.ts';
import type { Json, JsonObject } from '../../contract/json.ts';
import type { Answerer } from './answer/answerer.ts';
import { findAnswerer } from './answer/registry.ts';
import type { ChatRequest } from './request-body.ts';

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

/** A section ends where the next begins or the message ends, so that a document may hold the closing tag itself. */
const sectionPattern = /<section name="([\w.:-]{1,64})">\n?([\s\S]*?)\n?<\/section>(?=\s*(?:<section name="|$))/gu;

/** Reads JSON where a section holds it, else its text. */
function sectionValue(text: string): Json {
  const trimmed = text.trim();
  if (!/^[[{"]|^(?:null|true|false|-?\d)/u.test(trimmed)) return text;
  try {
    return parseJson(trimmed);
  } catch {
    return text;
  }
}

/** The intent and notes are always text: a document that happens to be JSON is not facts. */
const alwaysText = new Set(['intent', 'context.text']);

function readSectionsOf(text: string): Readonly<Record<string, Json>> {
  const sections: Record<string, Json> = {};
  for (const match of text.matchAll(sectionPattern)) {
    const name = match[1] ?? '';
    const body = unescaped(match[2] ?? '');
    if (!(name in sections)) sections[name] = alwaysText.has(name) ? body : sectionValue(body);
  }
  return sections;
}

/** Undoes the mark that keeps a document's own tags apart from the sections'. */
function unescaped(text: string): string {
  return text.replaceAll(/<(\/?)\u200Bsection/giu, '<$1section');
}

/** Works out what a chat request asks: by its schema's name, else by a section `call`, else by the system message. */
export function readRequest(request: ChatRequest): ModelRequest {
  const users = request.messages.filter((message) => message.role === 'user').map((message) => message.text);
  const text = users.at(-1) ?? '';
  const sections = Object.fromEntries(users.flatMap((user) => Object.entries(readSectionsOf(user))));
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
