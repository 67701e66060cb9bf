import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, derivedId, digestOf } from '../../../activities/support/digest.ts';
import { effectKey, epochOf } from '../../../activities/support/effect-key.ts';

const effect = { runId: 'r', stepPath: 'apply', iteration: 0, epoch: 0, name: 'create_task' };

describe('keys and digests', () => {
  it('gives the same digest whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(digestOf(JSON.parse(JSON.stringify(turned)))).toBe(digestOf(JSON.parse(JSON.stringify(value))));
      }),
    );
  });

  it('writes JSON that reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
      }),
    );
  });

  it('changes the key of an effect with each part of its name', () => {
    const changed = [
      { runId: 's' },
      { stepPath: 'apply/2' },
      { iteration: 1 },
      { epoch: 1 },
      { name: 'create_phase' },
    ].map((part) => effectKey({ ...effect, ...part }));
    expect(new Set([effectKey(effect), ...changed]).size).toBe(6);
    expect(effectKey({ ...effect })).toBe(effectKey(effect));
  });

  it('takes the highest epoch that began at or before the step', () => {
    const marks = [
      { fromStep: 4, epoch: 1 },
      { fromStep: 2, epoch: 2 },
    ];
    expect([1, 2, 3, 4, 9].map((step) => epochOf(marks, step))).toEqual([0, 2, 2, 2, 2]);
    expect(epochOf([], 3)).toBe(0);
  });

  it('derives ids that are UUIDs and stay the same', () => {
    expect(derivedId('proposal:x')).toBe(derivedId('proposal:x'));
    expect(derivedId('proposal:x')).not.toBe(derivedId('proposal:y'));
    expect(derivedId('x')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
