import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitColumns, formatTable } from '../../../src/cli/text/table.ts';

const columns = [
  { title: 'run' },
  { title: 'name', flexible: true },
  { title: 'cost', optional: true },
  { title: 'created', optional: true },
];
const row = ['0123456789', 'a name that is longer than most terminals would like it to be', '$0.0001', '2026-11-21'];

function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length));
}

describe('a table', () => {
  test('shows everything where there is room', () => {
    const text = formatTable(columns, [row], 200);
    for (const cell of row) expect(text).toContain(cell);
    expect(text).not.toContain('…');
  });

  test('is never wider than the terminal, as long as what can not be cut fits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 24, max: 120 }),
        fc.array(fc.string({ unit: 'grapheme-ascii', maxLength: 70 })),
        (space, names) => {
          const rows = [row, ...names.map((name) => ['0', name.replaceAll(/\s/g, '_'), '$1', ''])];
          expect(widest(formatTable(columns, rows, space))).toBeLessThanOrEqual(space);
        },
      ),
    );
  });

  test('drops the last optional column first, and never one that must stay', () => {
    expect(fitColumns(columns, [row], 44).kept).toEqual([0, 1, 2]);
    expect(fitColumns(columns, [row], 24).kept).toEqual([0, 1]);
    expect(fitColumns(columns, [row], 1).kept).toEqual([0, 1]);
  });

  test('does not count colors as width', () => {
    const painted = [['\u001B[32mcompleted\u001B[39m', 'x']];
    expect(fitColumns([{ title: 'status' }, { title: 'n' }], painted, 80).widths).toEqual([9, 1]);
  });
});
