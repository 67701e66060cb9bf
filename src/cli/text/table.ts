import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import { bold, note, print } from './output.ts';

/** `optional` columns go when the terminal is too narrow, the last first; `flexible` ones are cut with an ellipsis. */
export type Column = { readonly title: string; readonly optional?: boolean; readonly flexible?: boolean };

type Rows = readonly (readonly string[])[];

const noBorders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
};
const noLines = { left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' };
const gap = 2;
const leastFlexible = 12;

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

function widthOf(text: string): number {
  return Array.from(characters.segment(stripVTControlCharacters(text))).length;
}

function naturalWidths(columns: readonly Column[], rows: Rows): readonly number[] {
  return columns.map(({ title }, index) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[index] ?? ''))));
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + gap * Math.max(0, widths.length - 1);
}

/** Takes from the widest flexible column until all fit, or none can give more. */
function squeeze(columns: readonly Column[], widths: readonly number[], space: number): readonly number[] {
  const fitted = [...widths];
  for (let over = total(fitted) - space; over > 0; over -= 1) {
    const givers = columns.map(({ flexible }, index) => (flexible === true ? (fitted[index] ?? 0) : 0));
    const most = Math.max(...givers);
    if (most <= leastFlexible) break;
    fitted[givers.indexOf(most)] = most - 1;
  }
  return fitted;
}

export type Fitted = { readonly kept: readonly number[]; readonly widths: readonly number[] };

/** Which columns are shown and how wide, so that a row fits `space` characters where that is possible. */
export function fitColumns(columns: readonly Column[], rows: Rows, space: number): Fitted {
  const natural = naturalWidths(columns, rows);
  let kept = columns.map((_column, index) => index);
  for (;;) {
    const widths = squeeze(
      kept.map((index) => columns[index] ?? { title: '' }),
      kept.map((index) => natural[index] ?? 0),
      space,
    );
    const last = kept.findLast((index) => columns[index]?.optional === true);
    if (total(widths) <= space || last === undefined) return { kept, widths };
    kept = kept.filter((index) => index !== last);
  }
}

/** A table as text of at most `space` characters a line where that is possible. */
export function formatTable(columns: readonly Column[], rows: Rows, space: number): string {
  const { kept, widths } = fitColumns(columns, rows, space);
  const table = new Table({
    head: kept.map((index) => bold(columns[index]?.title ?? '')),
    colWidths: [...widths],
    chars: { ...noBorders, ...noLines },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => kept.map((index) => row[index] ?? '')));
  return table.toString().replaceAll(/ +$/gm, '');
}

/** Prints a table that fits the terminal; through a pipe nothing is cut. `empty` is said instead when there are no rows. */
export function printTable(columns: readonly Column[], rows: Rows, empty: string): void {
  if (rows.length === 0) note(empty);
  else print(formatTable(columns, rows, process.stdout.isTTY ? process.stdout.columns : Number.MAX_SAFE_INTEGER));
}
