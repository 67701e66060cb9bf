import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packBatches } from '../../../src/contract/prompts/batches.ts';
import { batchProblems } from '../../../src/schemas/batch-answer.ts';

const sizes = fc.array(fc.nat({ max: 50 }), { maxLength: 60 });
const limits = fc.record({ maxItems: fc.integer({ min: 1, max: 8 }), maxChars: fc.integer({ min: 1, max: 60 }) });
const size = (item: { readonly chars: number }): number => item.chars;

function numbered(all: readonly number[]): readonly { readonly at: number; readonly chars: number }[] {
  return all.map((chars, at) => ({ at, chars }));
}

function total(batch: readonly { readonly chars: number }[]): number {
  return batch.reduce((sum, item) => sum + item.chars, 0);
}

describe('packing into batches', () => {
  test('keeps every item once, in order', () => {
    fc.assert(
      fc.property(sizes, limits, (all, limit) => {
        const items = numbered(all);
        expect(packBatches(items, { ...limit, size }).flat()).toEqual(items);
      }),
    );
  });

  test('makes no batch that is empty, has too many items, or is too large unless an item is by itself', () => {
    fc.assert(
      fc.property(sizes, limits, (all, limit) => {
        for (const batch of packBatches(numbered(all), { ...limit, size })) {
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(limit.maxItems);
          expect(batch.length === 1 || total(batch) <= limit.maxChars).toBe(true);
        }
      }),
    );
  });

  test('begins a new batch only when the next item does not fit into the last', () => {
    fc.assert(
      fc.property(sizes, limits, (all, limit) => {
        const batches = packBatches(numbered(all), { ...limit, size });
        for (const [index, batch] of batches.entries()) {
          const next = batches[index + 1]?.[0];
          if (next === undefined) continue;
          expect(batch.length === limit.maxItems || total(batch) + next.chars > limit.maxChars).toBe(true);
        }
      }),
    );
  });

  test('makes none of nothing, and two of ten small items by fives', () => {
    expect(packBatches([], { maxItems: 5, maxChars: 10, size })).toEqual([]);
    const ten = numbered(Array.from({ length: 10 }, () => 1));
    expect(packBatches(ten, { maxItems: 5, maxChars: 100, size }).map((batch) => batch.length)).toEqual([5, 5]);
  });
});

describe('the answer to a batch', () => {
  test('is right when it has every item once, in whatever order', () => {
    expect(batchProblems(['a', 'b'], [{ key: 'b' }, { key: 'a' }])).toEqual([]);
  });

  test('is refused for what is missing, invented, or there twice', () => {
    expect(batchProblems(['a', 'b', 'c'], [{ key: 'a' }, { key: 'x' }, { key: 'a' }, { key: 'b' }])).toEqual([
      { path: 'items', message: '"c" is missing: answer every item' },
      { path: 'items.1.key', message: '"x" is no item that was asked for' },
      { path: 'items.2.key', message: '"a" is there twice' },
    ]);
  });
});
