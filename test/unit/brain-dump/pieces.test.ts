import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { cutPieces, fingerprint } from '../../../workflows/brain_dump/pieces.ts';

const word = fc.constantFrom('Mum', 'dentist', 'für', '😀', 'call', 'the', 'x'.repeat(40));
const gap = fc.constantFrom(' ', '. ', '\n', '\n\n', '! ', '  \n \n');
const text = fc.array(fc.tuple(word, gap), { maxLength: 200 }).map((parts) => parts.flat().join(''));

describe('the pieces of a text', () => {
  test('are exactly the text, one after the other, and none is longer than asked', () => {
    fc.assert(
      fc.property(
        fc.oneof(text, fc.string({ unit: 'binary', maxLength: 400 })),
        fc.integer({ min: 2, max: 120 }),
        (whole, most) => {
          const pieces = cutPieces(whole, most);
          expect(pieces.map(({ start, end }) => whole.slice(start, end)).join('')).toBe(whole);
          expect(pieces.map(({ start }) => start)).toEqual(
            [0, ...pieces.map(({ end }) => end)].slice(0, pieces.length),
          );
          for (const { start, end } of pieces) expect(end - start).toBeGreaterThan(0);
          for (const { start, end } of pieces) expect(end - start).toBeLessThanOrEqual(most);
        },
      ),
    );
  });

  test('never part the halves of a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('😀', '🧠', 'a'), maxLength: 200 }),
        fc.integer({ min: 2, max: 9 }),
        (whole, most) => {
          const halves = /^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/;
          for (const { start, end } of cutPieces(whole, most)) expect(whole.slice(start, end)).not.toMatch(halves);
        },
      ),
    );
  });

  test('end at a paragraph, else at a sentence, else at a word', () => {
    const cut = (whole: string): readonly string[] =>
      cutPieces(whole, 30).map(({ start, end }) => whole.slice(start, end));
    expect(cut('Call mum. Buy the milk\n\nBook the tickets. Pay.')[0]).toBe('Call mum. Buy the milk\n\n');
    expect(cut('Call mum now. Buy the milk. Book the tickets')[0]).toBe('Call mum now. Buy the milk. ');
    expect(cut('call mum and buy the milk and then book')[0]).toBe('call mum and buy the milk and ');
    expect(cut('x'.repeat(40)).map((piece) => piece.length)).toEqual([30, 10]);
  });

  test('of 200,000 characters are cut at once', () => {
    const whole = 'I need to call the dentist. '.repeat(7_143).slice(0, 200_000);
    const pieces = cutPieces(whole, 6_000);
    expect(pieces.length).toBeLessThan(40);
    expect(pieces.at(-1)?.end).toBe(200_000);
  });
});

test('a fingerprint tells an edited text from what it was', () => {
  fc.assert(
    fc.property(text, fc.nat(), (whole, at) => {
      fc.pre(whole.length > 0);
      const place = at % whole.length;
      expect(fingerprint(`${whole.slice(0, place)}#${whole.slice(place + 1)}`)).not.toBe(fingerprint(whole));
    }),
  );
});
