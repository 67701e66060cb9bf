import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';
import { bin } from './up.ts';
import type { Up } from './up.ts';

export const keys = { enter: '\r', down: '\u001B[B', space: ' ', interrupt: '\u0003' } as const;

export type Pty = {
  /** What was written since the last text that was waited for. Fails with all of it when `text` does not come. */
  until(text: string): Promise<void>;
  /** The prompt is there and takes keys: its text alone may have been printed before, with the request. */
  untilAsked(question: string): Promise<void>;
  type(text: string): void;
  readonly exited: Promise<{ readonly exitCode: number | undefined; readonly screen: string }>;
};

// Part of util-linux, so of every Linux.
const terminalMaker: string = 'script';

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Runs `steward` on a terminal of its own. */
export function openPty(up: Up, ...args: readonly string[]): Pty {
  return openShell(up, [process.execPath, bin, ...args].map(quoted).join(' '));
}

/** Runs a shell command on a terminal of its own (`script` of util-linux makes one). */
export function openShell(up: Up, line: string): Pty {
  const command = `stty cols 100 rows 40; ${line}`;
  const child = execa(terminalMaker, ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], {
    env: { ...up.env, TERM: 'xterm', NO_COLOR: '1', TZ: 'UTC', CI: '' },
    reject: false,
    timeout: 60_000,
    stdin: 'pipe',
    buffer: false,
  });
  let screen = '';
  let seen = 0;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    screen += text;
  });
  const exited = child.then(({ exitCode }) => ({ exitCode, screen: stripVTControlCharacters(screen) }));
  const until = async (text: string) => {
    for (let tries = 0; tries < 300; tries += 1) {
      const at = stripVTControlCharacters(screen).indexOf(text, seen);
      if (at !== -1) {
        seen = at + text.length;
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`"${text}" did not come:\n${stripVTControlCharacters(screen).slice(seen)}`);
  };
  return {
    exited,
    type: (text) => void child.stdin.write(text),
    until,
    untilAsked: async (question) => await until(`◆  ${question}`),
  };
}
