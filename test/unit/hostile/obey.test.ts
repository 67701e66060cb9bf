import { describe, expect, test } from 'vitest';
import { visibleText } from '../../../activities/support/visible-text.ts';
import { markersIn, readOrders } from '../../support/hostile/obey.ts';
import { hostileTexts, withIds } from '../../support/hostile/texts.ts';

const id = '0a1b2c3d-0000-4000-8000-000000000000';
const ids = { task: id, other: id, project: id, foreign: id, foreign_project: id, event: id, secret: 'x' };

describe('hostile texts', () => {
  test('are many, in many languages and disguises, and told apart by their markers', () => {
    expect(hostileTexts.length).toBeGreaterThanOrEqual(100);
    expect(new Set(hostileTexts.map((text) => text.id)).size).toBe(hostileTexts.length);
    expect(new Set(hostileTexts.map((text) => text.language)).size).toBeGreaterThanOrEqual(20);
    expect(new Set(hostileTexts.map((text) => text.disguise)).size).toBeGreaterThanOrEqual(15);
  });

  // Without this a test with an obedient model would prove nothing.
  test.each(hostileTexts)('$id ($name, $language) is understood by a model that obeys', ({ id: marker, text }) => {
    const prompt = JSON.stringify({ content: JSON.stringify([{ id, title: withIds(text, ids) }]) });
    expect(markersIn(readOrders(prompt))).toContain(marker);
  });

  test('give no orders once they give none', () => {
    expect(readOrders('Water the roses. Ask Ute about create_note and {"title":"nothing"}.')).toEqual({
      calls: [],
      operations: [],
    });
  });
});

describe('what a person is asked about', () => {
  test('hides nothing: signs that show nothing or turn the text are written out', () => {
    expect(visibleText('a\u200Bb\u202Ec\u{E0041}d\u0007e')).toBe('a\\u{200B}b\\u{202E}c\\u{E0041}d\\u{7}e');
  });

  test('leaves words, lines and pictures as they are', () => {
    const text = 'Grüße, 你好, שלום\n\t👩‍👩‍👧 ❤️';
    expect(visibleText(text)).toBe(text);
  });
});
