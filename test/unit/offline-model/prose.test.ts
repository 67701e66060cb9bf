import { expect, test } from 'vitest';
import { proseEntries } from '../../../src/models/offline/reading/prose.ts';

test('running text gives each thing to do of its own, and loses none', () => {
  const text =
    "clear out the old hall, sell what we don't need, rent a van, pack the machines, drive on 12 December, set up the machines";
  expect(proseEntries(text, 'en').map((entry) => entry.text)).toEqual([
    'Clear out the old hall',
    "Sell what we don't need",
    'Rent a van',
    'Pack the machines',
    'Drive on 12 December',
    'Set up the machines',
  ]);
});
