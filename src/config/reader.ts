import { isAbsolute, join, resolve } from 'node:path';
import type { Problem } from '../contract/errors.ts';
import type { Environment } from './env.ts';

/** Where relative paths and `~` point to. */
export type Places = { readonly workingDir: string; readonly homeDir: string };

/** Reads settings one by one and collects what is wrong with them, so that all of it is said at once. */
export type Reader = Places & {
  readonly env: Environment;
  readonly problems: Problem[];
  /** Names asked for so far: what is set and never asked for is a typing error. */
  readonly asked: Set<string>;
};

export function createReader(env: Environment, places: Places): Reader {
  return { env, ...places, problems: [], asked: new Set() };
}

/** Notes a fault of a setting; `wayOut` says what to write instead. Never call it with a secret's value. */
export function complain(reader: Reader, name: string, wayOut: string): void {
  reader.problems.push({ path: name, message: wayOut });
}

/** The value as it stands, or null when it isn't set. */
export function readText(reader: Reader, name: string): string | null {
  reader.asked.add(name);
  const value = reader.env[name]?.trim();
  return value === undefined || value === '' ? null : value;
}

/** An absolute path; `~/` is the home directory, relative ones start at the working directory. */
export function readPath(reader: Reader, name: string): string | null {
  const value = readText(reader, name);
  if (value === null) return null;
  if (value === '~' || value.startsWith('~/')) return join(reader.homeDir, value.slice(1));
  return isAbsolute(value) ? value : resolve(reader.workingDir, value);
}

/** A TCP port; 0 takes any free one. */
export function readPort(reader: Reader, name: string): number | null {
  const value = readText(reader, name);
  if (value === null) return null;
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65_535) return port;
  complain(reader, name, `"${value}" is not a port: give a number from 1 to 65535, or 0 for any free one.`);
  return null;
}

export function readFlag(reader: Reader, name: string): boolean | null {
  const value = readText(reader, name)?.toLowerCase();
  if (value === undefined) return null;
  if (['true', '1', 'yes', 'on'].includes(value)) return true;
  if (['false', '0', 'no', 'off'].includes(value)) return false;
  complain(reader, name, `"${value}" is neither true nor false: give one of them.`);
  return null;
}

/** One of a few words; the list is also what the complaint shows. */
export function readChoice<Choice extends string>(
  reader: Reader,
  setting: { readonly name: string; readonly choices: readonly Choice[] },
): Choice | null {
  const value = readText(reader, setting.name);
  if (value === null) return null;
  const choice = setting.choices.find((known) => known === value.toLowerCase());
  if (choice !== undefined) return choice;
  complain(reader, setting.name, `"${value}" is not known: give one of ${setting.choices.join(', ')}.`);
  return null;
}

/** Words separated by commas; null when not set. */
export function readList(reader: Reader, name: string): readonly string[] | null {
  const value = readText(reader, name);
  if (value === null) return null;
  const words = value.split(',').map((word) => word.trim());
  const filled = words.filter((word) => word !== '');
  if (filled.length > 0) return filled;
  complain(reader, name, 'The list is empty: give words separated by commas, or leave it out.');
  return null;
}

/** A URL of one of the `protocols` ("http:"). Its user and password are never shown. */
export function readUrl(
  reader: Reader,
  setting: { readonly name: string; readonly protocols: readonly string[] },
): string | null {
  const value = readText(reader, setting.name);
  if (value === null) return null;
  const example = `${setting.protocols[0]}//host`;
  const url = URL.parse(value);
  if (url !== null && setting.protocols.includes(url.protocol)) return value;
  const shown = value.includes('@') ? 'The value' : `"${value}"`;
  complain(
    reader,
    setting.name,
    `${shown} is not a URL like ${example}: give one that starts with ${example.slice(0, -4)}.`,
  );
  return null;
}
