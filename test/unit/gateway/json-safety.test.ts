import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/gateway/http/digest.ts';
import { findUnsafe } from '../../../src/gateway/http/json-safety.ts';

function nest(depth: number): unknown {
  let value: unknown = 'core';
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

describe('findUnsafe', () => {
  it('lets every JSON value pass whose texts are well-formed and without U+0000', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes(String.raw`\u0000`) && !/\\ud[89a-f]/.test(text));
        expect(findUnsafe(value)).toEqual([]);
      }),
    );
  });

  it('finds a bad text wherever it hides, and names the place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, unit: fc.constantFrom('a', 'b', 'c') }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\u0000', 'x\ud800'),
        (keys, bad) => {
          const value = keys.toReversed().reduce<unknown>((inner, key) => ({ ok: 1, [key]: inner }), bad);
          expect(findUnsafe(value).map(({ path }) => path)).toEqual([keys.join('.')]);
        },
      ),
    );
  });

  it('finds a bad name as well as a bad text', () => {
    expect(findUnsafe({ 'a\u0000': 1 })).toEqual([
      { path: 'a\uFFFD', message: 'the name must not contain the character U+0000' },
    ]);
  });

  it('stops at 64 levels, and at 20 problems', () => {
    expect(findUnsafe(nest(64))).toEqual([]);
    expect(findUnsafe(nest(65))).toHaveLength(1);
    expect(findUnsafe(nest(200_000))).toHaveLength(1);
    expect(findUnsafe(Array.from({ length: 500 }, () => '\u0000'))).toHaveLength(20);
  });

  it('copes with many values under one long name', () => {
    expect(findUnsafe({ ['k'.repeat(400_000)]: Array.from({ length: 200_000 }, () => 0) })).toEqual([]);
  });
});

describe('digestOf', () => {
  it('is the same for the same value whatever the order of its keys, and differs for another', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed());
        expect(digestOf(turned)).toBe(digestOf(value));
        expect(digestOf({ ...value, extra: digestOf(value) })).not.toBe(digestOf(value));
      }),
    );
  });
});
