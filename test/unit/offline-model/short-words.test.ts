import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { shortWords } from '../../../src/models/offline/text/short-words.ts';

describe('endless words', () => {
  test('are cut, wherever they are pasted from, and the text around them stays', () => {
    for (const part of ['x', '1', 'ab-', 'ß', '🙂', 'a/b'])
      expect(shortWords(`Call Anna. ${part.repeat(50_000)} Buy paint.`).length).toBeLessThan(200);
    expect(shortWords(`Call Anna. ${'x'.repeat(50_000)} Buy paint.`)).toMatch(/^Call Anna\. x+ Buy paint\.$/);
  });

  test('leave any usual text as it is, and JSON what it was', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 60 })), (words) => {
        const text = words.join(' ');
        expect(shortWords(text)).toBe(text);
        const json = JSON.stringify({ words, nested: [{ words }] });
        expect(JSON.parse(shortWords(json))).toEqual(JSON.parse(json));
      }),
    );
  });
});
