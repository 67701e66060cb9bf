import type { Readable, Writable } from 'node:stream';
import { confirm, multiselect, select, text } from '@clack/prompts';
import { Cancelled } from '../usage-error.ts';

/** Where a person is asked. Questions go to standard error: standard output is for data. */
export type Terminal = {
  readonly input: Readable;
  readonly output: Writable;
  /** Takes an open question back. */
  readonly signal?: AbortSignal;
};

export type Choice = { readonly value: string; readonly label: string; readonly hint?: string };

/** The terminal, when a person sits at both ends of this process; else null. */
export function openTerminal(): Terminal | null {
  const { stdin, stdout, stderr } = process;
  return stdin.isTTY && stdout.isTTY && stderr.isTTY ? { input: stdin, output: stderr } : null;
}

// clack answers with a symbol of its own, and with no other, when a question was left.
function given<T extends string | boolean | readonly string[]>(answer: T | symbol): T {
  if (typeof answer === 'symbol') throw new Cancelled();
  return answer;
}

export type TextQuestion = {
  readonly message: string;
  /** Taken when nothing is typed. */
  readonly standard?: string;
  /** What is wrong with an answer, or undefined. */
  readonly check: (answer: string) => string | undefined;
};

/** All of these throw `Cancelled` on Ctrl-C, Escape, or when the terminal's signal aborts. */
export async function askText(terminal: Terminal, question: TextQuestion): Promise<string> {
  const { message, standard, check } = question;
  const options = standard === undefined ? {} : { placeholder: standard, defaultValue: standard };
  const answer = await text({
    ...terminal,
    ...options,
    message,
    validate: (typed) => check(typed === undefined || typed.trim() === '' ? (standard ?? '') : typed),
  });
  return given<string>(answer);
}

export async function askYes(terminal: Terminal, message: string, standard = true): Promise<boolean> {
  return given<boolean>(await confirm({ ...terminal, message, initialValue: standard }));
}

export async function askChoice(
  terminal: Terminal,
  message: string,
  { choices, standard }: { readonly choices: readonly Choice[]; readonly standard?: string },
): Promise<string> {
  const initial = standard === undefined ? {} : { initialValue: standard };
  return given<string>(await select<string>({ ...terminal, ...initial, message, options: [...choices], maxItems: 12 }));
}

/** Any number of choices, none included. */
export async function askSome(
  terminal: Terminal,
  message: string,
  choices: readonly Choice[],
): Promise<readonly string[]> {
  return given<string[]>(
    await multiselect<string>({ ...terminal, message, options: [...choices], required: false, maxItems: 15 }),
  );
}
