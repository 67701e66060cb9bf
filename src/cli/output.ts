import Table from 'cli-table3';
import pc from 'picocolors';
import type { RunStatus } from '../contract/run.ts';

const colors = pc.createColors(process.stdout.isTTY && pc.isColorSupported);
export const { bold, dim } = colors;

/** Data goes to stdout, everything else to stderr, so that pipes stay clean. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

const statusColors: Readonly<Record<string, (text: string) => string>> = {
  completed: colors.green,
  applied: colors.green,
  running: colors.cyan,
  waiting: colors.yellow,
  paused: colors.yellow,
  failed: colors.red,
  cancelled: colors.dim,
};

/** A status in its color, when there is color. */
export function paint(status: RunStatus | string): string {
  return (statusColors[status] ?? ((text: string) => text))(status);
}

const noBorders = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' };
const noLines = { left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' };

/** A plain table; `empty` is said instead when there are no rows. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[], empty: string): void {
  if (rows.length === 0) {
    note(empty);
    return;
  }
  const table = new Table({
    head: head.map((title) => bold(title)),
    chars: { ...noBorders, ...noLines },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => [...row]));
  print(table.toString());
}

/** `$0.0123`, or `unknown` where nobody knows. */
export function formatUsd(usd: number | null): string {
  return usd === null ? 'unknown' : `$${usd.toFixed(4)}`;
}

/** Local date and time with the zone, since a bare time is a riddle. */
export function formatTime(iso: string | null): string {
  if (iso === null) return '–';
  return new Date(iso).toLocaleString('sv-SE', { timeZoneName: 'short' });
}

export function shorten(text: string, length: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
