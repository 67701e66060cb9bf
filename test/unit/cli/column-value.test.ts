import { describe, expect, test } from 'vitest';
import { columnValue } from '../../../src/cli/commands/records/records.ts';

describe('the value of a column', () => {
  test.each([
    ['tasks', ['duration_minutes', '30'], 30],
    ['tasks', ['deadline', '2026-12-01'], '2026-12-01'],
    ['tasks', ['deadline', 'null'], null],
    ['tasks', ['title', '2026'], '2026'],
    ['tasks', ['title', 'null'], 'null'],
    ['phases', ['order', '1'], 1],
    ['projects', ['tags', '["home"]'], ['home']],
    ['notes', ['content', '{"a":1}'], '{"a":1}'],
  ] as const)('of %s %j is what the column takes', (...[kind, pair, value]) => {
    expect(columnValue(kind, pair)).toEqual([pair[0], value]);
  });

  test('stays as it was typed where the column takes neither, so that the refusal shows it', () => {
    expect(columnValue('tasks', ['duration_minutes', 'long'])).toEqual(['duration_minutes', 'long']);
    expect(columnValue('tasks', ['colour', '30'])).toEqual(['colour', '30']);
  });
});
