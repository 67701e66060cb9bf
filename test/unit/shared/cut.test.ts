import { expect, it } from 'vitest';
import { cut } from '../../../workflows/shared/cut.ts';
import { firstLine } from '../../../workflows/shared/first-line.ts';

it('leaves a text that fits as it is, and cuts a longer one before half a sign', () => {
  expect(cut('🌱🌱', 4)).toBe('🌱🌱');
  expect(cut('🌱🌱🌱', 4)).toBe('🌱🌱…');
  expect(cut('🌱🌱🌱', 3)).toBe('🌱…');
});

it('names a run by a first line without half a sign', () => {
  const name = firstLine(`# a${'🌱'.repeat(60)}\nmore`);
  expect(name.isWellFormed()).toBe(true);
  expect(name.length).toBeLessThanOrEqual(80);
  expect(name.endsWith('🌱…')).toBe(true);
});
