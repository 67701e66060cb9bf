import { jsonrepair } from 'jsonrepair';
import { valueWithoutNul } from '../../contract/storable.ts';

export type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

// Reasoning models think aloud first; others wrap JSON into a code fence or a sentence.
function bareJson(text: string): string {
  const said = text.replace(/^[\s\S]*<\/think>/i, '');
  const fenced = /```(?:json)?\s*([\s\S]*?)```/i.exec(said)?.[1] ?? said;
  const start = fenced.search(/[[{]/);
  return (start < 0 ? fenced : fenced.slice(start)).trim();
}

/** Where the first JSON value ends, or null: an answer that was cut, which a repair would close as if all were there. */
function endOfJson(text: string): number | null {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (quoted && character === '\\') index += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && /[[{]/.test(character)) depth += 1;
    else if (!quoted && /[\]}]/.test(character)) depth -= 1;
    if (!quoted && depth === 0) return index + 1;
  }
  return null;
}

function tryParse(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

function repaired(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(jsonrepair(text)) as unknown };
  } catch {
    return null;
  }
}

/**
 * JSON as models write it: plain, fenced, in a sentence, or with small faults that leave no doubt what is meant. Without
 * NUL, which they write as an escape.
 */
export function parseJson(text: string): Parsed {
  const read = readJson(text);
  return read.ok && /\\u0000|\0/.test(text) ? { ok: true, value: valueWithoutNul(read.value) } : read;
}

function readJson(text: string): Parsed {
  const whole = tryParse(text);
  if (whole !== null) return { ok: true, value: whole.value };
  const bare = bareJson(text);
  if (!/^[[{]/.test(bare)) return { ok: false, message: 'the answer is not JSON' };
  const end = endOfJson(bare);
  if (end === null) return { ok: false, message: 'the answer ends before its JSON is complete' };
  const inner = tryParse(bare.slice(0, end)) ?? repaired(bare.slice(0, end));
  return inner === null ? { ok: false, message: 'the answer is not valid JSON' } : { ok: true, value: inner.value };
}
