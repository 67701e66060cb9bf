import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatMinutes } from '../../../workflows/shared/format-minutes.ts';

it.each([
  [45, '45 min'],
  [59.7, '1 h'],
  [60, '1 h'],
  [90, '1 h 30 min'],
  [119.6, '2 h'],
])('%s minutes are %s', (minutes, text) => {
  expect(formatMinutes(minutes)).toBe(text);
});

it('never says more minutes than an hour has', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 100_000, noNaN: true }), (minutes) => {
      const rest = /(\d+) min$/u.exec(formatMinutes(minutes))?.[1] ?? '0';
      expect(Number(rest)).toBeLessThan(60);
    }),
  );
});
