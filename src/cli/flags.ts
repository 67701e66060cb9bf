import { readFile } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import type { Json, JsonObject } from '../contract/json.ts';
import { UsageError } from './usage-error.ts';

/** Readers of flag values for commander, which names flag and value in front of the message and ends with code 2. */
export type FlagReader<T> = (text: string) => T;

/** A whole number within bounds. */
export function wholeNumber({ min, max }: { readonly min: number; readonly max?: number }): FlagReader<number> {
  return (text) => {
    const value = Number(text);
    const fits = /^\d+$/.test(text.trim()) && value >= min && value <= (max ?? Number.MAX_SAFE_INTEGER);
    if (fits) return value;
    throw new InvalidArgumentError(
      max === undefined ? `Expected a whole number, ${min} or more.` : `Expected a whole number from ${min} to ${max}.`,
    );
  };
}

/** An amount, 0 or more. */
export function amount(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('Expected a number, 0 or more.');
}

/** `none`, which lifts a limit, or what `read` reads. It stays a word: commander makes an empty text of null. */
export function orNone<T>(read: FlagReader<T>): FlagReader<T | 'none'> {
  return (text) => (text === 'none' ? text : read(text));
}

/** Flags as the API takes them: `none` is null. */
export function noneAsNull<T extends object>(flags: T): { readonly [Name in keyof T]: Lifted<T[Name]> } {
  // Exactly the values that are this word change, and the type says so of each.
  return Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, value === 'none' ? null : value])) as {
    readonly [Name in keyof T]: Lifted<T[Name]>;
  };
}
type Lifted<Value> = 'none' extends Value ? Exclude<Value, 'none'> | null : Value;

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

function isTime(text: string, pattern: RegExp): boolean {
  return pattern.test(text) && !Number.isNaN(Date.parse(text));
}

/** An instant: ISO 8601 with a zone. */
export function instant(text: string): string {
  if (isTime(text, instantPattern)) return text;
  throw new InvalidArgumentError('Expected ISO 8601 with a zone, such as 2026-12-01T09:00:00Z.');
}

/** The same, or a day. */
export function instantOrDay(text: string): string {
  if (isTime(text, dayPattern) || isTime(text, instantPattern)) return text;
  throw new InvalidArgumentError('Expected a day (2026-12-01) or ISO 8601 with a zone (2026-12-01T09:00:00Z).');
}

/** `key=value`; the value stays text. Throws `UsageError` naming `flag`. */
export function splitPair(pair: string, flag: string): readonly [string, string] {
  const at = pair.indexOf('=');
  if (at < 1) throw new UsageError(`${flag}: expected key=value, got "${pair}"`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}

/** The same with the value as JSON where it is, else as text. */
export function parsePair(pair: string, flag: string): readonly [string, Json] {
  const [key, text] = splitPair(pair, flag);
  try {
    // Typed any; what JSON.parse returns is JSON.
    return [key, JSON.parse(text) as Json];
  } catch {
    return [key, text];
  }
}

/** A JSON object. Throws `UsageError` naming `flag`. */
export function parseObject(text: string, flag: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${flag}: this is not JSON: ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`);
  }
  if (isObject(value)) return value;
  throw new UsageError(`${flag}: expected a JSON object, such as {"userPrompt":"…"}`);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a file. Throws `UsageError` naming `flag` and the file. */
export async function readTextFile(file: string, flag: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a directory' : String(code);
    throw new UsageError(`${flag}: can't read "${file}": ${why}`);
  }
}
