import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractText, mimeTypeOf } from '../../../src/files/extract-text.ts';
import { makePdf } from '../../support/pdf.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the text of a file', () => {
  it('is what a text file says, to the character', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1 }).filter((each) => !each.includes('\u0000'));
    await fc.assert(
      fc.asyncProperty(text, async (each) => {
        const whole = `x${each.toWellFormed()}`;
        expect(await extractText(bytesOf(whole), 'text/markdown')).toBe(whole);
      }),
    );
  });

  it('is what the pages of a PDF say, and none for a scan or a kind without text', async () => {
    const pdf = makePdf('Paint the fence in green');
    const before = pdf.slice();
    expect(await extractText(pdf, 'application/pdf')).toBe('Paint the fence in green');
    expect(pdf).toEqual(before);
    expect(await extractText(makePdf(null), 'application/pdf')).toBeNull();
    expect(await extractText(new Uint8Array([0xff, 0, 1]), 'image/png')).toBeNull();
    expect(await extractText(bytesOf(' \n'), 'text/plain')).toBeNull();
    expect(await extractText(bytesOf('a'.repeat(4_000_001)), 'text/plain')).toBeNull();
  });

  it.each([
    ['nothing', { bytes: new Uint8Array(), type: 'text/plain' }, /empty/],
    ['broken UTF-8', { bytes: new Uint8Array([0x61, 0xff, 0x62]), type: 'text/csv' }, /UTF-8/],
    ['UTF-16', { bytes: new Uint8Array([0xff, 0xfe, 0x61, 0]), type: 'application/json' }, /UTF-8/],
    ['a zero character', { bytes: bytesOf('a\u0000b'), type: 'text/plain' }, /U\+0000/],
    ['a text called PDF', { bytes: bytesOf('no pdf'), type: 'application/pdf' }, /PDF/],
    ['half a PDF', { bytes: makePdf('half').slice(0, 200), type: 'application/pdf' }, /PDF/],
  ])('is refused for %s', async (_what, { bytes, type }, message) => {
    await expect(extractText(bytes, type)).rejects.toMatchObject({
      code: 'invalid_input',
      details: { problems: [{ path: 'body', message: expect.stringMatching(message) }] },
    });
  });
});

describe('the type of a file', () => {
  it.each([
    ['notes.MD', '', 'text/markdown'],
    ['a.pdf', 'application/octet-stream', 'application/pdf'],
    ['a.pdf', 'Text/Plain; charset=utf-8', 'text/plain'],
    ['a.unknown', '', 'application/octet-stream'],
  ])('of %s sent as "%s" is %s', (name, mimeType, expected) => {
    expect(mimeTypeOf({ name, mimeType })).toBe(expected);
  });
});
