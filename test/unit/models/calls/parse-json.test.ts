import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../../src/models/calls/parse-json.ts';

describe('JSON as models write it', () => {
  it.each([
    ['plain', '{"a":1}', { a: 1 }],
    ['in a fence', 'Sure!\n```json\n{"a": 1}\n```\nHope that helps.', { a: 1 }],
    ['in a sentence', 'Here it is: {"a": "}"} Anything else?', { a: '}' }],
    ['after thinking aloud', '<think>maybe {"a":2}?</think>{"a":1}', { a: 1 }],
    ['with a trailing comma', '{"a": [1, 2,],}', { a: [1, 2] }],
    ['with single quotes', "{'a': 'b'}", { a: 'b' }],
    ['with a comment', '{"a": 1 /* one */}', { a: 1 }],
    ['with a fence inside a string', '{"a": "```js\\nx\\n```"}', { a: '```js\nx\n```' }],
  ])('is read %s', (_name, text, value) => {
    expect(parseJson(text)).toEqual({ ok: true, value });
  });

  it('is read without the character that no database keeps', () => {
    expect(parseJson('{"a\\u0000b": ["c\\u0000d", "\\\\u0000"]}')).toEqual({
      ok: true,
      value: { ab: ['cd', '\\u0000'] },
    });
  });

  it.each(['no JSON at all', '', '"', 'undefined'])('is not made up from %j', (text) => {
    expect(parseJson(text)).toMatchObject({ ok: false });
  });

  it('is never completed where it was cut: what is missing is not known', () => {
    const whole = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }).map((value) => JSON.stringify(value));
    fc.assert(
      fc.property(whole, fc.nat(), (text, at) => {
        const cut = text.slice(0, at % text.length);
        expect(parseJson(cut)).toMatchObject({ ok: false });
      }),
    );
  });

  it('survives any JSON value unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        // Read without it, see above.
        fc.pre(!text.includes('\\u0000'));
        expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
      }),
    );
  });
});
