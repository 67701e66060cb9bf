import pc from 'picocolors';

// Through a pipe `isTTY` is undefined, whatever its type says, and an undefined argument would mean "as you like".
const out: { readonly isTTY?: boolean } = process.stdout;
const colors = pc.createColors(out.isTTY === true && pc.isColorSupported);
export const { bold, dim } = colors;

/** Data goes to stdout, everything else to stderr, so that pipes stay clean. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** One object a line, for streams. */
export function printJsonLine(value: unknown): void {
  print(JSON.stringify(value));
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

const statusColors: Readonly<Record<string, (text: string) => string>> = {
  completed: colors.green,
  applied: colors.green,
  running: colors.cyan,
  waiting: colors.yellow,
  open: colors.yellow,
  paused: colors.yellow,
  partly_applied: colors.yellow,
  failed: colors.red,
  cancelled: colors.dim,
};

/** A status in its color, when there is color. */
export function paint(status: string): string {
  return (statusColors[status] ?? ((text: string) => text))(status);
}
