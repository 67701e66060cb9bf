import { describe, expect, test } from 'vitest';
import { readOptions } from '../../../src/cli/commands/runs/start-parts.ts';

const schema = { type: 'object', properties: { focus: { type: 'array' }, days: { type: 'integer' } } };

describe('the options of a start', () => {
  test('make a list where the type takes one, in the order given', () => {
    expect(readOptions({ option: ['focus=stale', 'days=3'] }, schema)).toEqual({ focus: ['stale'], days: 3 });
    expect(readOptions({ option: ['focus=stale', 'focus=overdue'] }, schema)).toEqual({ focus: ['stale', 'overdue'] });
    expect(readOptions({ option: ['focus=["stale"]'] }, schema)).toEqual({ focus: ['stale'] });
  });

  test('take the last value where the type takes one', () => {
    expect(readOptions({ auto: true, option: ['days=3', 'days=4'] }, schema)).toEqual({ autoExecute: true, days: 4 });
    expect(readOptions({ option: ['focus=stale'] }, {})).toEqual({ focus: 'stale' });
  });
});
