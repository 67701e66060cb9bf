import type { Json } from '../../contract/json.ts';
import { parseJson } from './json-values.ts';

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

/** The tagged sections of a message. */
export function readSections(text: string): Readonly<Record<string, Json>> {
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
